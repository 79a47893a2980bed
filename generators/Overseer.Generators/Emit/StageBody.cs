using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

/// <summary>The code that calls one stage and yields what the engine wants of it: an expression, or statements.</summary>
/// <param name="IsAsync">Whether the statements await.</param>
/// <param name="UsesJob">Whether it names the job.</param>
/// <param name="Expression">The expression; null for statements.</param>
/// <param name="Statements">The statements.</param>
internal sealed record StageBody(bool IsAsync, bool UsesJob, string? Expression, EquatableArray<string> Statements)
{
    /// <param name="kind">Which stage.</param>
    /// <param name="stage">The stage; null if the handler lacks it, which makes it the identity.</param>
    /// <param name="type">What the engine wants.</param>
    /// <param name="wrap">How a value is made a <c>ValueTask</c> of that.</param>
    /// <param name="argument">Writes one argument of the call.</param>
    public static StageBody Of(StageKind kind, BoundStage? stage, string type, string wrap, Func<int, string> argument)
    {
        var identity = kind switch
        {
            StageKind.PreProcess => "job",
            StageKind.Process => "Unit.Value",
            _ => "result",
        };
        if (stage is null) return OfExpression($"{wrap}({identity})", usesJob: kind == StageKind.PreProcess);

        var arguments = Enumerable.Range(0, stage.Bindings.Count).Select(argument).ToList();
        var handler = stage.Stage.HiddenFrom is { } declaring ? $"(({declaring})handler)" : "handler";
        var call = $"{handler}.{stage.Stage.Method}({string.Join(", ", arguments)})";
        var usesJob = kind == StageKind.PreProcess
            || stage.Bindings.Any(binding => binding.Kind is BindingKind.Job or BindingKind.CancellationToken or BindingKind.Services);
        if (stage.Stage.Value is not { } value)
        {
            return stage.Stage.IsAsync
                ? OfStatements(true, usesJob, $"await {call};", $"return {identity};")
                : OfStatements(false, usesJob, $"{call};", $"return {wrap}({identity});");
        }

        // A task of T is no task of T?, so PostProcess may have to be awaited.
        if (value.Name != type && stage.Stage.IsAsync) return OfStatements(true, usesJob, $"return await {call};");
        return OfExpression(stage.Stage.Form == ReturnForm.ValueTask ? call : $"{wrap}({call})", usesJob);
    }

    private static StageBody OfExpression(string expression, bool usesJob) => new(false, usesJob, expression, []);

    private static StageBody OfStatements(bool isAsync, bool usesJob, params EquatableArray<string> statements) => new(isAsync, usesJob, null, statements);
}
