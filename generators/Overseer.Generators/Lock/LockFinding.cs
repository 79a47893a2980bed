using Overseer.Generators.Rules;

namespace Overseer.Generators.Lock;

/// <summary>What a change does to runs that are stored.</summary>
/// <param name="Id">OVS601 or OVS602.</param>
/// <param name="Place">Where it is to be told.</param>
/// <param name="Thing">What it is about.</param>
/// <param name="Flaw">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record LockFinding(string Id, LockPlace Place, string Thing, string Flaw, string Remedy)
{
    /// <summary>The job type or member under which it is stored, where a former name mends it.</summary>
    public string? StoredName { get; init; }

    /// <summary>The key of the handler that may have taken the place of one that is gone.</summary>
    public string? Successor { get; init; }
}

/// <summary>A place in the lock file, in a type or in a handler: the first of these that it has.</summary>
/// <param name="InFile">The key of a place in the lock file.</param>
/// <param name="Type">The name of a type.</param>
/// <param name="Member">The member of that type.</param>
/// <param name="Handler">The key of a handler of the project, also for a type that has no source.</param>
/// <param name="Target">What of that handler.</param>
internal sealed record LockPlace(string? InFile, string? Type = null, string? Member = null, string? Handler = null, RuleTarget Target = default);
