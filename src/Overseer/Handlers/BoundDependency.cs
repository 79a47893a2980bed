namespace Overseer;

/// <summary>A dependency whose result a handler takes: each of its jobs must have exactly one job of that type as a dependency.</summary>
/// <param name="Type">The job type depended on.</param>
/// <param name="Result">What its result is read as.</param>
public sealed record BoundDependency(string Type, Type Result)
{
    /// <summary>Whether that result may be null though its type is a class. Default: false; the job then fails as <c>unreadable</c>.</summary>
    public bool MayBeNull { get; init; }
}
