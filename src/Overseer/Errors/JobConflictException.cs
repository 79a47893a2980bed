namespace Overseer;

/// <summary>The run key or some job ids of a graph are taken by something else. Nothing of it was inserted.</summary>
public sealed class JobConflictException : OverseerException
{
    /// <summary>A run key that is taken by a run of another graph or with other args.</summary>
    /// <param name="key">The key.</param>
    /// <param name="existing">The run that has it.</param>
    public JobConflictException(string key, RunId existing)
        : base($"Run key '{key}' belongs to run {existing}, which has another graph or other args. "
            + "Use another key, or set RunOptions.UseExistingRun to get that run.")
    {
        Key = key;
        Existing = existing;
    }

    /// <summary>Job ids that are taken, while others of the graph are not, or by jobs that differ.</summary>
    /// <param name="ids">The ids that are taken.</param>
    public JobConflictException(IReadOnlyList<JobId> ids)
        : base($"The job ids {string.Join(", ", ids.Take(20).Select(id => $"'{id}'"))}{(ids.Count > 20 ? " …" : "")} are taken by other jobs. "
            + "A graph is inserted whole or not at all: use ids that are all new, or insert exactly the graph that has them.") =>
        Ids = ids;

    internal JobConflictException(JobConflictException conflict, string difference)
        : base($"{conflict.Message} The first difference: {difference}.", conflict)
    {
        Key = conflict.Key;
        Existing = conflict.Existing;
        Ids = conflict.Ids;
    }

    /// <summary>The run key in conflict, if it was one.</summary>
    public string? Key { get; }

    /// <summary>The run that has the key, if a key was in conflict.</summary>
    public RunId? Existing { get; }

    /// <summary>The job ids in conflict, if they were.</summary>
    public IReadOnlyList<JobId> Ids { get; } = [];
}
