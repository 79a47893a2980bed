namespace Overseer.Evolution.Tests;

/// <summary>A change to an app that has a stored run, as docs/evolution.md shows it.</summary>
/// <param name="Title">The heading of its example.</param>
/// <param name="Stored">The expression that makes the graph of the stored run, in the code before.</param>
/// <param name="Before">The code of the build that stored the run.</param>
/// <param name="After">The code of the build that is to end it.</param>
/// <param name="Verdict">What the compiler says of the code after, given the lock file of the code before: an id, or <c>none</c>.</param>
/// <param name="Forced">What becomes of the run all the same; null where the change is allowed.</param>
/// <param name="WayOut">The code that does what was meant and ends the run; null where the change is allowed.</param>
internal sealed record Change(string Title, string Stored, string Before, string After, string Verdict, string? Forced, string? WayOut)
{
    public bool IsAllowed => Verdict is "none" or "OVS603";
}
