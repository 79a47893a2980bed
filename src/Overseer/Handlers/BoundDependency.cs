namespace Overseer;

/// <summary>A dependency whose result a handler takes: each of its jobs must have exactly one job of that type as a dependency.</summary>
/// <param name="Type">The job type depended on.</param>
/// <param name="Result">What its result is read as.</param>
public sealed record BoundDependency(string Type, Type Result)
{
    /// <summary>Whether that result may be null though its type is a class. Default: false; the job then fails as <c>unreadable</c>.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>The names that job type had before, under which the result may be stored. Default: none.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The names under which the result may be stored, each once.</summary>
    internal IEnumerable<string> Types => FormerNames.Prepend(Type).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a job of that type is one it means.</summary>
    internal bool Means(string type) => type == Type || FormerNames.Contains(type);
}
