using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

/// <summary>Writes how constructor and stage parameters get their services.</summary>
internal static class Injection
{
    public static string New(TypeModel type, ConstructorModel constructor) =>
        $"attempt.Own(new {type.BareName}({string.Join(", ", constructor.Parameters.Select(Value))}))";

    /// <summary>The value of a parameter that a service fills, where <c>attempt</c> is at hand.</summary>
    public static string Value(ParameterModel parameter)
    {
        if (parameter.Source == ParameterSource.ServiceProvider) return "attempt.Job.Services";
        var key = parameter.ServiceKey ?? "";
        if (IsNeeded(parameter)) return $"attempt.Service<{parameter.Type.BareName}>({key})";
        if (parameter.Default is { } value && !(value == "null" && parameter.Type.Is(TypeTraits.ReferenceType))) return value;
        var service = $"attempt.OptionalService<{parameter.Type.BareName}>({key})";
        return parameter.Type.TakesNull ? service : service + "!";
    }

    /// <summary>What the handler cannot do without, each once.</summary>
    public static IEnumerable<string> Needs(BoundHandler handler) =>
        handler.Harnesses.SelectMany(harness => harness.Constructor.Parameters)
            .Concat(StageServices(handler))
            .Concat(handler.Handler.Constructor.Parameters)
            .Where(parameter => parameter.Source is ParameterSource.Service or ParameterSource.KeyedService && IsNeeded(parameter))
            .Select(parameter => parameter.ServiceKey is { } key
                ? $"new(typeof({parameter.Type.BareName}), {key})"
                : $"new(typeof({parameter.Type.BareName}))")
            .Distinct();

    public static IEnumerable<ParameterModel> StageServices(BoundHandler handler) =>
        handler.Stages.SelectMany(stage => stage.Stage.Parameters)
            .Where(parameter => parameter.Source is ParameterSource.Service or ParameterSource.KeyedService);

    private static bool IsNeeded(ParameterModel parameter) =>
        parameter.Default is null && (parameter.Type.Is(TypeTraits.ReferenceType) || !parameter.Type.IsNullable);
}
