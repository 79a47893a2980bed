namespace Overseer.Stores;

/// <summary>A job that a worker now holds, with all it needs to run it.</summary>
/// <param name="Lease">The hold.</param>
/// <param name="Id">The job's id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Graph">The name of its run's graph.</param>
/// <param name="RunKey">Its run's key, if any.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="Losses">How many workers died holding it.</param>
/// <param name="Args">Its args as JSON text, if any.</param>
/// <param name="Inputs">For each asked dependency type the stored result of the one dependency of that type, if there is one.</param>
public sealed record ReservedJob(
    JobLease Lease, JobId Id, string Type, string Graph, string? RunKey, int Attempt, int Losses, string? Args, IReadOnlyDictionary<string, string?> Inputs)
{
    /// <summary>The type and the id, as messages name a job; no args and no inputs.</summary>
    public override string ToString() => $"{Type} ({Id})";
}
