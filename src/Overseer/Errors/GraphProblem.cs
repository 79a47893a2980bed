namespace Overseer;

/// <summary>One thing that is wrong with a graph.</summary>
/// <param name="Kind">Which rule it breaks.</param>
/// <param name="Message">The thing, the rule and the remedy.</param>
/// <param name="Job">The job it is about, if it is about one.</param>
public sealed record GraphProblem(GraphProblemKind Kind, string Message, Job? Job = null);
