using System.Data.Common;

namespace Overseer;

/// <summary>Inserts runs, and looks after them. Thread-safe.</summary>
public interface IOverseerClient
{
    /// <summary>Checks a graph and inserts it as a run, whole or not at all.</summary>
    /// <returns>The run; <see cref="RunHandle.AlreadyExisted"/> if its run key, or its chosen job ids, were there with the same graph and args.</returns>
    /// <exception cref="JobGraphException">The graph cannot run; all problems are listed.</exception>
    /// <exception cref="JobConflictException">Its run key or some job ids are taken by something else.</exception>
    Task<RunHandle> TransactAsync(JobGraph graph, CancellationToken cancellationToken = default);

    /// <summary>Checks graphs and inserts them as runs, all of them in one transaction or none: by far the quickest way to insert many.</summary>
    /// <returns>The runs, in the order of the graphs.</returns>
    /// <exception cref="JobGraphException">Graphs cannot run; all problems of the first that cannot are listed.</exception>
    /// <exception cref="JobConflictException">A run key or some job ids are taken by something else.</exception>
    Task<IReadOnlyList<RunHandle>> TransactAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default);

    /// <summary>Checks a graph and inserts it within a transaction of the caller's: it is there when that is committed, together with all else the transaction wrote, or not at all.</summary>
    /// <remarks>The transaction stays usable whatever this throws. Until it is committed, no worker and no other connection sees the run.</remarks>
    /// <param name="graph">The graph.</param>
    /// <param name="transaction">A transaction on the store's database; on Postgres an <c>NpgsqlTransaction</c>, also of Dapper's or EF Core's connection.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="JobGraphException">The graph cannot run; all problems are listed.</exception>
    /// <exception cref="JobConflictException">Its run key or some job ids are taken by something else.</exception>
    /// <exception cref="NotSupportedException">The store has transactions of its own only.</exception>
    Task<RunHandle> TransactAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default);

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
