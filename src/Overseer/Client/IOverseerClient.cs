namespace Overseer;

/// <summary>Inserts runs, and looks after them. Thread-safe.</summary>
public interface IOverseerClient
{
    /// <summary>Checks a graph and inserts it as a run, whole or not at all.</summary>
    /// <returns>The run; <see cref="RunHandle.AlreadyExisted"/> if its run key, or its chosen job ids, were there with the same graph and args.</returns>
    /// <exception cref="JobGraphException">The graph cannot run; all problems are listed.</exception>
    /// <exception cref="JobConflictException">Its run key or some job ids are taken by something else.</exception>
    Task<RunHandle> TransactAsync(JobGraph graph, CancellationToken cancellationToken = default);

    /// <summary>A run, or null.</summary>
    Task<RunHandle?> GetRunAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>The run with this key, or null.</summary>
    Task<RunHandle?> FindRunAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A job by the store's id or the user's, or null.</summary>
    Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>Ends one job that has not ended yet as aborted, reason <c>cancelled</c>; what depends on it closes too.</summary>
    /// <returns>False if there is no such job or it has ended.</returns>
    Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default);
}
