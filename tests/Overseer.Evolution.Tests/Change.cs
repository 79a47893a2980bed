namespace Overseer.Evolution.Tests;

/// <summary>A change to an app that has a stored run, as docs/evolution.md shows it.</summary>
/// <param name="Title">The heading of its example.</param>
/// <param name="Stored">The expression that makes the graph of the stored run, in the code before.</param>
/// <param name="Before">The code of the build that stored the run.</param>
/// <param name="After">The code of the build that is to end it.</param>
/// <param name="Verdict">What the compiler says of the code after, given the lock file of the code before: an id, or <c>none</c>.</param>
internal sealed record Change(string Title, string Stored, string Before, string After, string Verdict)
{
    public bool IsAllowed => Verdict is "none" or "OVS603";

    /// <summary>What becomes of the run where the change is forbidden, and made all the same.</summary>
    public string? Forced { get; init; }

    /// <summary>The code that does what was meant by a forbidden change, and ends the run.</summary>
    public string? WayOut { get; init; }

    /// <summary>Where the change is allowed, the expression that makes the graph of a run that the new build inserts while old workers still run.</summary>
    public string? NewRun { get; init; }

    /// <summary>What old workers would make of that run; null if they do no harm, and need not stop first.</summary>
    public string? HarmByOld { get; init; }
}
