using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Emit;

/// <summary>Writes the nested class that holds one attempt: what its stages need, then the stages.</summary>
internal sealed class StagesEmitter
{
    // An underscore would be a discard inside a lambda, and Unit is meant as the type; the others are members of the class already.
    private static readonly string[] Taken =
    [
        "attempt", "job", "result", "handler", "args", "_", "Unit",
        "Stages", "PreProcessAsync", "ProcessAsync", "PostProcessAsync", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private readonly BoundHandler bound;
    private readonly NameScope fields = new(Taken);
    private readonly List<string> inputFields = [];
    private readonly List<string> harnessFields = [];
    private readonly Dictionary<ParameterModel, string> serviceFields = [];
    private readonly HashSet<string> names = ["job", "result", "handler", "args", "_", "Unit"];

    public StagesEmitter(BoundHandler bound)
    {
        this.bound = bound;
        foreach (var input in bound.Inputs) inputFields.Add(Name(input.Name));
        foreach (var harness in bound.Harnesses) harnessFields.Add(Name(harness.Type.Noun.Length > 0 ? Identifiers.Camel(harness.Type.Noun) : "harness"));
        foreach (var parameter in Injection.StageServices(bound))
        {
            if (!serviceFields.ContainsKey(parameter)) serviceFields.Add(parameter, Name(parameter.Name));
        }
    }

    public void Emit(SourceWriter writer)
    {
        writer.Line($"private sealed class Stages(JobAttempt attempt) : JobStages<{bound.ResultName()}>");
        writer.Open();
        if (bound.Args is { } args) Field(writer, args.Name, "args", $"attempt.Args<{args.Name}>()");
        for (var index = 0; index < inputFields.Count; index++)
        {
            var input = bound.Inputs[index];
            Field(writer, input.Type.Name, inputFields[index], $"attempt.ResultOf<{input.Type.Name}>({Identifiers.Literal(input.JobType)})");
        }

        for (var index = 0; index < harnessFields.Count; index++)
        {
            var harness = bound.Harnesses[index];
            Field(
                writer,
                harness.IsExplicit ? harness.Contract : harness.Type.BareName,
                harnessFields[index],
                Injection.New(harness.Type, harness.Constructor));
        }

        foreach (var pair in serviceFields) Field(writer, pair.Key.Type.Name, pair.Value, Injection.Value(pair.Key));
        Field(writer, bound.Handler.Type.BareName, "handler", Injection.New(bound.Handler.Type, bound.Handler.Constructor));
        foreach (var kind in (StageKind[])[StageKind.PreProcess, StageKind.Process, StageKind.PostProcess]) Stage(writer, kind);
        writer.Close();
    }

    private string Name(string wanted)
    {
        var name = fields.Take(wanted);
        names.Add(name);
        return name;
    }

    private static void Field(SourceWriter writer, string type, string name, string value) =>
        writer.Line($"private readonly {type} {Identifiers.Escape(name)} = {value};");

    private void Stage(SourceWriter writer, StageKind kind)
    {
        var stage = bound.Stage(kind);
        var around = Enumerable.Range(0, bound.Harnesses.Count).Where(index => bound.Harnesses[index].Stage == kind).ToList();
        if (stage is null && around.Count == 0) return;
        writer.Line();
        var type = kind == StageKind.PreProcess ? "JobContext" : bound.ResultName();
        var parameters = kind == StageKind.PostProcess ? $"JobContext job, {type} result" : "JobContext job";
        var signature = $"ValueTask<{type}> {kind}Async({parameters})";
        var provided = NameProvided(stage, around);
        var body = StageBody.Of(kind, stage, type, around.Count == 0 ? "new" : $"new ValueTask<{type}>", index => Argument(stage!, index, provided));
        if (around.Count > 0) Wrapped(writer, signature, type, body, around, provided);
        else Plain(writer, signature, body);
    }

    private static void Plain(SourceWriter writer, string signature, StageBody body)
    {
        if (body.Expression is not null)
        {
            writer.Line($"public override {signature} => {body.Expression};");
            return;
        }

        writer.Line($"public override {(body.IsAsync ? "async " : "")}{signature}");
        writer.Open();
        foreach (var statement in body.Statements) writer.Line(statement);
        writer.Close();
    }

    private void Wrapped(SourceWriter writer, string signature, string type, StageBody body, List<int> around, Dictionary<int, string> provided)
    {
        // Inference would take the result for never null, and looks at nested lambdas again and again.
        var typeArgument = around.Count > 1 || type.Contains("?") ? $"<{type}>" : "";
        var end = new string(')', around.Count) + ";";
        writer.Line($"public override {signature} =>");
        writer.Indent();
        for (var index = 0; index < around.Count; index++)
        {
            var isLast = index == around.Count - 1;
            var job = isLast && !body.UsesJob ? "_" : "job";
            var parameters = bound.Harnesses[around[index]].Provides is null ? job : $"({job}, {Identifiers.Escape(provided[around[index]])})";
            var call = $"{Identifiers.Escape(harnessFields[around[index]])}.InvokeAsync{typeArgument}(job, {(isLast && body.IsAsync ? "async " : "")}{parameters} =>";
            if (!isLast)
            {
                writer.Line(call);
                writer.Indent();
            }
            else if (body.Expression is not null)
            {
                writer.Line($"{call} {body.Expression}{end}");
            }
            else
            {
                writer.Line(call);
                writer.Open();
                foreach (var statement in body.Statements) writer.Line(statement);
                writer.Close("}" + end);
            }
        }

        for (var index = 0; index < around.Count; index++) writer.Outdent();
    }

    /// <summary>The lambda parameters by which harnesses hand on what they provide, named after the stage's parameter that takes it.</summary>
    private Dictionary<int, string> NameProvided(BoundStage? stage, List<int> around)
    {
        var scope = new NameScope(names);
        var provided = new Dictionary<int, string>();
        foreach (var harness in around)
        {
            if (bound.Harnesses[harness].Provides is null) continue;
            var taker = stage is null ? -1 : stage.Bindings.ToList().FindIndex(binding => binding.Kind == BindingKind.Provided && binding.Index == harness);
            provided[harness] = taker < 0 ? "_" : scope.Take(stage!.Stage.Parameters[taker].Name);
        }

        return provided;
    }

    private string Argument(BoundStage stage, int index, Dictionary<int, string> provided)
    {
        var parameter = stage.Stage.Parameters[index];
        var binding = stage.Bindings[index];
        return binding.Kind switch
        {
            BindingKind.Job => "job",
            BindingKind.CancellationToken => "job.CancellationToken",
            BindingKind.Services => "job.Services",
            BindingKind.Service => Identifiers.Escape(serviceFields[parameter]),
            BindingKind.Args => Passed("args", bound.Args!, parameter.Type),
            BindingKind.Input => Input(stage.Stage, parameter.Type, bound.Inputs[binding.Index].Type, inputFields[binding.Index]),
            BindingKind.Result => Passed("result", bound.Handler.Result!, parameter.Type),
            _ => Passed(Identifiers.Escape(provided[binding.Index]), bound.Harnesses[binding.Index].Provides!, parameter.Type),
        };
    }

    // A generic overload would fit a result better than a stage that takes a base type of it.
    private static string Input(StageModel stage, TypeModel to, TypeModel from, string field) =>
        Passed((stage.HasOverloads && from.Key != to.Key ? $"({to.Name})" : "") + Identifiers.Escape(field), from, to);

    // The same type with other annotations inside, List<string?> for List<string>, is a warning that nobody could act on here.
    private static string Passed(string value, TypeModel from, TypeModel to) =>
        from.BareName != to.BareName && (from.BareName.Contains("?") || to.BareName.Contains("?")) ? value + "!" : value;
}
