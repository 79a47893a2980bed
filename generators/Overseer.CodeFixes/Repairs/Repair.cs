namespace Overseer.CodeFixes.Repairs;

/// <summary>One way to mend what a diagnostic says.</summary>
/// <param name="Title">What happens, as the editor shows it.</param>
/// <param name="Key">The same for all repairs that are done together when everything is to be fixed.</param>
/// <param name="ApplyAsync">Does it, beside others: by what is in the document when its turn comes.</param>
internal sealed record Repair(string Title, string Key, Func<EditedSolution, CancellationToken, Task> ApplyAsync)
{
    /// <summary>The key of repairs of another kind with which it is done too, where it is the only way to mend its diagnostic.</summary>
    public string? OtherKey { get; init; }

    public bool IsDoneWith(string? key) => Key == key || (OtherKey is not null && OtherKey == key);
}
