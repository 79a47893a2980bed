namespace Overseer;

/// <summary>One dependency of a graph, by the numbers of its two jobs in <see cref="JobGraph.Jobs"/>.</summary>
/// <param name="Dependency">The number of the job that must finish first.</param>
/// <param name="Dependent">The number of the job that waits for it.</param>
public readonly record struct JobEdge(int Dependency, int Dependent);
