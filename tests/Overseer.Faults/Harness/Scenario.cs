namespace Overseer.Faults;

/// <summary>One fault, staged: what is done, and what must hold.</summary>
/// <param name="Name">Its name: that of the fault, <c>F1</c> to <c>F70</c>, with a letter where a fault has several.</param>
/// <param name="Title">What happens, in one line.</param>
/// <param name="Run">Stages it. What the checker looks at afterwards need not be asserted here.</param>
internal sealed record Scenario(string Name, string Title, Func<Arena, Task> Run)
{
    /// <summary>Whether it needs more than some seconds, and so is run by hand and in soaks only.</summary>
    public bool IsLong { get; init; }
}
