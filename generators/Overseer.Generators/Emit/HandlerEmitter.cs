using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Emit;

/// <summary>Writes the <c>JobHandler</c> of one handler class.</summary>
internal static class HandlerEmitter
{
    public static string Emit(HandlerPlan plan)
    {
        var bound = plan.Handler;
        var handler = bound.Handler;
        var result = bound.ResultName();
        var writer = new SourceWriter(UsesObsolete(bound));
        writer.Line("namespace Overseer.Generated;");
        writer.Line();
        // Inside the namespace, so that no type of the user's comes before it.
        writer.Line("using global::System.Threading.Tasks;");
        writer.Line();
        writer.Line($"/// <summary>Runs jobs of type {XmlDoc.Code(handler.JobType!)} with {XmlDoc.See(handler.Type.Name)}.</summary>");
        writer.Line($"internal sealed class {plan.Class} : JobHandler<{bound.ArgsTypeName()}, {result}>");
        writer.Open();
        writer.Line($"public static {plan.Class} Instance {{ get; }} = new();");
        writer.Line();
        Constructor(writer, plan);
        writer.Line();
        writer.Line($"protected override JobStages<{result}> Open(JobAttempt attempt) => new Stages(attempt);");
        writer.Line();
        new StagesEmitter(bound).Emit(writer);
        writer.Close();
        return writer.ToString();
    }

    private static void Constructor(SourceWriter writer, HandlerPlan plan)
    {
        var handler = plan.Handler.Handler;
        writer.Line($"private {plan.Class}()");
        writer.Indent();
        writer.Line($": base({Identifiers.Literal(handler.JobType!)}, {Identifiers.Literal(handler.FullName)}{(plan.Json is null ? "" : ", " + plan.Json.Expression)})");
        writer.Outdent();
        writer.Open();
        if (handler.FormerNames.Count > 0) writer.Line($"FormerNames = {Identifiers.Literals(handler.FormerNames)};");
        if (handler.IsRetired) writer.Line("IsRetired = true;");
        if (MayBeNull(plan.Handler.Args)) writer.Line("TakesNull = true;");
        if (MayBeNull(handler.Result)) writer.Line("GivesNull = true;");
        Assign(writer, "Dependencies", plan.Handler.Inputs.Select(Dependency));
        Assign(writer, "Services", Injection.Needs(plan.Handler));
        writer.Close();
    }

    private static string Dependency(InputModel input)
    {
        var settings = new List<string>();
        if (MayBeNull(input.Type)) settings.Add("MayBeNull = true");
        if (input.FormerNames.Count > 0) settings.Add($"FormerNames = {Identifiers.Literals(input.FormerNames)}");
        return $"new({Identifiers.Literal(input.JobType)}, typeof({input.Type.BareName})){(settings.Count > 0 ? $" {{ {string.Join(", ", settings)} }}" : "")}";
    }

    // Of a value type the run time knows it by itself.
    private static bool MayBeNull(TypeModel? type) => type is { TakesNull: true } && type.Is(TypeTraits.ReferenceType);

    private static void Assign(SourceWriter writer, string property, IEnumerable<string> items)
    {
        var list = items.ToList();
        if (list.Count == 0) return;
        if (list.Count <= 2)
        {
            writer.Line($"{property} = [{string.Join(", ", list)}];");
            return;
        }

        writer.Line($"{property} =");
        writer.Line("[");
        writer.Indent();
        foreach (var item in list) writer.Line(item + ",");
        writer.Outdent();
        writer.Line("];");
    }

    private static bool UsesObsolete(BoundHandler bound) =>
        bound.Handler.Type.Is(TypeTraits.Obsolete)
        || bound.Args?.Is(TypeTraits.Obsolete) == true
        || bound.Handler.Constructor.IsObsolete
        || bound.Handler.Constructor.Parameters.Any(parameter => parameter.Type.Is(TypeTraits.Obsolete))
        || bound.Inputs.Any(input => input.Type.Is(TypeTraits.Obsolete))
        || bound.Harnesses.Any(harness => harness.Type.Is(TypeTraits.Obsolete)
            || harness.Constructor.IsObsolete
            || harness.Constructor.Parameters.Any(parameter => parameter.Type.Is(TypeTraits.Obsolete)))
        || bound.Stages.Any(stage => stage.Stage.IsObsolete
            || stage.Stage.Value?.Is(TypeTraits.Obsolete) == true
            || stage.Stage.Parameters.Any(parameter => parameter.Type.Is(TypeTraits.Obsolete)));
}
