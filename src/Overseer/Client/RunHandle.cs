using System.Runtime.CompilerServices;
using Overseer.Stores;

namespace Overseer;

/// <summary>One run in a store. Thread-safe.</summary>
public sealed class RunHandle
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly IJobStore store;
    private readonly CancellationToken stopping;

    internal RunHandle(IJobStore store, RunId id, bool alreadyExisted, CancellationToken stopping = default)
    {
        this.store = store;
        this.stopping = stopping;
        Id = id;
        AlreadyExisted = alreadyExisted;
    }

    /// <summary>The run's id.</summary>
    public RunId Id { get; }

    /// <summary>Whether the run was there before the call that gave this handle.</summary>
    public bool AlreadyExisted { get; }

    /// <summary>The run as it is now.</summary>
    /// <exception cref="InvalidOperationException">The run is gone from the store.</exception>
    public async Task<Run> GetAsync(CancellationToken cancellationToken = default) =>
        await store.GetRunAsync(Id, cancellationToken) ?? throw new InvalidOperationException($"Run {Id} is no longer in store '{store.Name}'.");

    /// <summary>The run's jobs in the order of their numbers, page by page.</summary>
    public async IAsyncEnumerable<Job> JobsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int page = 1000;
        for (var from = 0; ;)
        {
            var jobs = await store.ListJobsAsync(Id, type: null, from, page, cancellationToken);
            foreach (var job in jobs) yield return job;
            if (jobs.Count < page) yield break;
            from = jobs[^1].Number + 1;
        }
    }

    /// <summary>Waits until every job of the run has ended. Needs a worker somewhere; it does not work itself.</summary>
    /// <remarks>
    /// A host takes Ctrl+C and SIGTERM and only says that it stops. So a wait of a client from a host's services ends then too: the
    /// host's own worker would not answer it any more. The run stays in the store and goes on with the next worker.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled; or the host stops, and the run has not ended.</exception>
    public async Task<RunOutcome> WaitAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        var wait = FirstWait;
        while (true)
        {
            var run = await GetAsync(cancellationToken);
            if (run.Status != RunStatus.Active) return await OutcomeAsync(run, cancellationToken);
            if (stopping.IsCancellationRequested) throw Stopped(run);
            try
            {
                await store.WaitForChangeAsync(wait, either.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Looked at once more: it may have ended just now.
            }

            wait = wait < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>The result of the run's one job of that type, whether it is stored under the type's present name or a former one.</summary>
    /// <exception cref="InvalidOperationException">The run has no job of that type or several, or it has not finished.</exception>
    /// <exception cref="UnreadablePayloadException">The stored result cannot be read as <typeparamref name="TResult"/>.</exception>
    public async Task<TResult> ResultAsync<TArgs, TResult>(JobType<TArgs, TResult> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        var jobs = new List<Job>(await store.ListJobsAsync(Id, type.Name, from: 0, limit: 2, cancellationToken));
        foreach (var name in type.FormerNames) jobs.AddRange(await store.ListJobsAsync(Id, name, from: 0, limit: 2, cancellationToken));
        if (jobs.Count != 1)
        {
            throw new InvalidOperationException(
                $"Run {Id} has {(jobs.Count == 0 ? "no job" : "several jobs")} of type '{type}', so there is no one result. "
                + "Ask for a type of its graph, or read the jobs with JobsAsync.");
        }

        var job = jobs[0];
        if (job.Status != JobStatus.Finished)
        {
            var why = job.Reason is { } reason ? $" ({reason.ToWord()}{(job.Failure is { } failure ? $": {failure.Message}" : "")})" : "";
            throw new InvalidOperationException($"Job '{job}' is {job.Status.ToWord()}{why}, so it has no result. Wait for the run with WaitAsync, and look at its outcome first.");
        }

        var payload = $"The result of job '{job}'";
        return job.Result is null
            ? throw new UnreadablePayloadException(payload, typeof(TResult), "there is none.")
            : type.Json.Deserialize<TResult>(payload, job.Result);
    }

    /// <summary>Ends every job that has not ended yet as aborted, reason <c>cancelled</c>. Running handlers get their token cancelled within a heartbeat.</summary>
    /// <returns>How many jobs were cancelled.</returns>
    public Task<int> CancelAsync(CancellationToken cancellationToken = default) => store.CancelRunAsync(Id, cancellationToken);

    /// <summary>Reopens the run's failed and aborted jobs, and exactly what they closed.</summary>
    /// <returns>How many jobs were reopened.</returns>
    public Task<int> RetryFailedAsync(CancellationToken cancellationToken = default) => store.RetryFailedAsync(Id, cancellationToken);

    private OperationCanceledException Stopped(Run run) => new(
        $"Run {Id} has not ended ({run.Finished} of {run.Jobs} jobs finished), and this host is stopping. "
        + $"The run stays in store '{store.Name}' and goes on with the next worker.", stopping);

    private async Task<RunOutcome> OutcomeAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Failed + run.Aborted == 0) return new RunOutcome(run, []);
        const int most = 100;
        var problems = new List<Job>();
        await foreach (var job in JobsAsync(cancellationToken))
        {
            if (job.Status is not (JobStatus.Failed or JobStatus.Aborted)) continue;
            if (job.Reason is JobReason.DependencyFailed or JobReason.DependencyAborted) continue;
            problems.Add(job);
            if (problems.Count == most) break;
        }

        return new RunOutcome(run, problems);
    }
}
