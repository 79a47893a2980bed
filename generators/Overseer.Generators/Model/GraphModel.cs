namespace Overseer.Generators.Model;

/// <summary>One <c>JobGraphs.Create{Name}</c>.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="Variable">The name of the local that holds the builder.</param>
/// <param name="Parameters">One per distinct args type.</param>
/// <param name="Jobs">The jobs, each after all it depends on.</param>
/// <param name="Levels">How many jobs deep it is.</param>
/// <param name="Visibility">How far the method can be seen.</param>
/// <param name="BrokenBy">The ids of the rules it breaks, or what else is wrong; null if it is sound.</param>
internal sealed record GraphModel(
    string Name,
    string Variable,
    EquatableArray<GraphParameter> Parameters,
    EquatableArray<GraphJob> Jobs,
    int Levels,
    Visibility Visibility,
    string? BrokenBy);

/// <param name="Name">The parameter's name, unescaped.</param>
/// <param name="Type">Its type.</param>
/// <param name="JobTypes">The job types that take it.</param>
internal sealed record GraphParameter(string Name, TypeModel Type, EquatableArray<string> JobTypes);

/// <param name="JobType">The job type.</param>
/// <param name="Token">The token, as an expression.</param>
/// <param name="Variable">The name of the local that holds the job, unescaped.</param>
/// <param name="Level">How many jobs are before it at least, from 1.</param>
/// <param name="Parameter">Which parameter it takes; -1 if none.</param>
/// <param name="Dependencies">The places of the jobs it depends on.</param>
/// <param name="IsDependedOn">Whether another job names it.</param>
internal sealed record GraphJob(
    string JobType, string Token, string Variable, int Level, int Parameter, EquatableArray<int> Dependencies, bool IsDependedOn);
