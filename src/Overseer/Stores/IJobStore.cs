using System.Data.Common;

namespace Overseer.Stores;

/// <summary>Where runs live: the contract that every store keeps and the conformance suite checks. Thread-safe.</summary>
/// <remarks>
/// <para>One job's life:</para>
/// <code>
///   insert ──► unstarted ──reserve──► started ──finish──► finished
///                 ▲  │                  │ │ └────fail────► failed
///                 │  │                  │ └─────abort────► aborted
///                 │  └── cancel, or a dependency ended ──► aborted
///                 ├── postpone, release, fail with tries left ◄── started
///                 ├── sweep: its worker died (losses + 1; past the limit: failed, worker_lost)
///                 └── retry failed ◄── failed, aborted
/// </code>
/// <para>
/// <b>Lease.</b> A reserve raises the job's lease number, which is never reset. Whatever a worker says about an attempt
/// matches (job, started, worker, lease number); no match is a stale answer, not an error. Telling a final ending a second
/// time, because the answer to the first was lost, is accepted and changes nothing.
/// </para>
/// <para>
/// <b>Counters.</b> Each job counts <c>waiting</c> (dependencies not finished yet) and <c>closed</c> (direct dependencies
/// that failed or were aborted); both are kept on ended jobs too. A job can be reserved when it is unstarted, its
/// <c>waiting</c> is 0 and its time has come. When <c>closed</c> goes from 0 to 1 an unstarted job is aborted, with the
/// dependency recorded as cause; when it goes back from 1 to 0 a job with such a reason is unstarted again. A finish
/// lowers <c>waiting</c> of its dependents in the same transaction; one that then waits for nothing runs no earlier than now, so
/// that <c>run_at</c> says from when on it can run.
/// </para>
/// <para>
/// <b>Atomicity.</b> Every verb is all or nothing. A verb that takes several endings applies each that is not stale, and may take a
/// transaction for some of them: if it throws, some may have been applied, and telling all of them again is right.
/// </para>
/// <para>
/// <b>Errors.</b> The database's own errors come through unwrapped; <see cref="IsTransient"/> says whether trying again makes sense.
/// </para>
/// </remarks>
public interface IJobStore : IAsyncDisposable
{
    /// <summary>What people call this store: a file or an address, without secrets.</summary>
    string Name { get; }

    /// <summary>Creates or updates what the store needs. Does nothing where all is there; safe when several processes call it at once.</summary>
    /// <exception cref="StoreUnusableException">No store can be made there, or one of an unknown schema is there.</exception>
    Task InstallAsync(CancellationToken cancellationToken = default);

    /// <summary>Inserts a checked graph as a run, whole or not at all.</summary>
    /// <remarks>
    /// A run key that exists is a no-op if graph and args are the same (<see cref="JobGraph.Fingerprint"/>) or
    /// <see cref="RunOptions.UseExistingRun"/> is set. Chosen job ids that all exist in one run, with the same types,
    /// args and dependencies, are a no-op too, unless the graph has a run key that the run has not.
    /// </remarks>
    /// <exception cref="JobConflictException">The run key or some job ids are taken by something else.</exception>
    Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default);

    /// <summary>Inserts checked graphs as runs, all of them in one transaction or none.</summary>
    /// <returns>One answer per graph, in order. A key that is there twice is the same run, if graph and args are the same.</returns>
    /// <exception cref="JobConflictException">A run key or some job ids are taken by something else.</exception>
    Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default);

    /// <summary>Inserts a checked graph within a transaction of the caller's: it is there when that is committed. Whatever this throws, the transaction stays usable.</summary>
    /// <exception cref="NotSupportedException">The store has transactions of its own only.</exception>
    /// <exception cref="JobConflictException">The run key or some job ids are taken by something else.</exception>
    Task<InsertAnswer> InsertAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default) => throw new NotSupportedException(
        $"Store '{Name}' cannot insert within a transaction of the caller's. Leave the transaction out, or keep runs in Postgres beside the data that the transaction is about.");

    /// <summary>Makes a worker known and alive.</summary>
    Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default);

    /// <summary>Marks a worker alive: updates its own row only, and never brings a dead one back.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="held">The leases it believes it holds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <remarks>Uses a connection of its own, and completes on the calling thread where the database allows it.</remarks>
    Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default);

    /// <summary>Takes leave of a worker: what it still holds is released uncounted, and its id is spent.</summary>
    Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default);

    /// <summary>Gives ready jobs to a worker, longest due first, never more than asked for and none to a worker that is not alive.</summary>
    /// <remarks>
    /// A worker holds at most one job with losses at a time, and while it holds one gets no prefetch, so that a job that
    /// kills its worker takes few others with it.
    /// </remarks>
    Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default);

    /// <summary>Records how attempts ended, in one transaction.</summary>
    /// <returns>One answer per ending, in order.</returns>
    Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records how attempts ended, and in the same transaction gives the worker jobs that its own finishes among them made ready: due, of its types,
    /// without losses, longest due first, at most as many as it has slots for. Everything else waits to be reserved.
    /// </summary>
    /// <param name="endings">The endings.</param>
    /// <param name="handOver">Who takes what; its prefetch is not looked at, and a worker that is not alive gets nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default);

    /// <summary>Takes for dead every worker whose last beat is older than its lease time, and takes back any started job whose worker is not alive.</summary>
    /// <param name="lossLimit">The losses at which a job fails with <see cref="JobReason.WorkerLost"/> instead of being put back.</param>
    /// <param name="page">The most jobs to take back in one transaction.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default);

    /// <summary>Aborts every unstarted and started job of a run with <see cref="JobReason.Cancelled"/>, revoking leases.</summary>
    /// <returns>How many jobs were cancelled.</returns>
    Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Aborts one unstarted or started job with <see cref="JobReason.Cancelled"/>, revoking its lease; its dependents close.</summary>
    /// <returns>False if there is no such job or it has ended.</returns>
    Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>Reopens the failed and aborted jobs of a run, and with them exactly what they closed; their counts of tries start anew, and a time that has not come yet is still waited for.</summary>
    /// <returns>How many jobs were reopened, those they had closed included.</returns>
    Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>A run, or null.</summary>
    Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>The run with this key, or null.</summary>
    Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A job, by the store's id or the user's, or null.</summary>
    Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>Jobs of a run in the order of their numbers.</summary>
    /// <param name="run">The run.</param>
    /// <param name="type">Only jobs of this type, if given.</param>
    /// <param name="from">The first number to return.</param>
    /// <param name="limit">The most jobs to return.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<Job>> ListJobsAsync(RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Waits until something may have changed (a run came, a job became ready or ended), or the time is over. A hint: it may come early or not at all.</summary>
    Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default);

    /// <summary>How often this process heard that a job may have become ready. Read before a look for ready jobs and given to <see cref="WaitForReadyAsync"/> after it, so that what is heard in between is not missed. Default: always 0.</summary>
    long ReadySignals => 0;

    /// <summary>Waits until a job may have become ready, or the time is over. A hint, as <see cref="WaitForChangeAsync"/> is, which it does by default.</summary>
    /// <param name="seen">What <see cref="ReadySignals"/> was before the last look; if it is another by now, there is nothing to wait for.</param>
    /// <param name="atMost">The longest wait.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task WaitForReadyAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken = default) => WaitForChangeAsync(atMost, cancellationToken);

    /// <summary>Whether the error passes by itself (busy, disconnected, restarting), so that trying again makes sense.</summary>
    bool IsTransient(Exception exception);
}
