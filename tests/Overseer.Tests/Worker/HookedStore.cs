using Overseer.Stores;

namespace Overseer.Tests.Worker;

/// <summary>A store whose verbs a test can hold up or break.</summary>
internal sealed class HookedStore(IJobStore inner) : IJobStore
{
    public string Name => inner.Name;

    /// <summary>Runs before endings are recorded.</summary>
    public Func<IReadOnlyList<JobEnding>, Task>? BeforeEnd { get; set; }

    /// <summary>Runs after endings were recorded, before the worker hears of it.</summary>
    public Func<IReadOnlyList<JobEnding>, Task>? AfterEnd { get; set; }

    /// <summary>Runs before a beat.</summary>
    public Action? BeforeBeat { get; set; }

    /// <summary>Runs before a reserve.</summary>
    public Func<Task>? BeforeReserve { get; set; }

    /// <summary>Runs before a worker takes its leave.</summary>
    public Func<Task>? BeforeRetire { get; set; }

    /// <summary>Runs before a sweep.</summary>
    public Func<Task>? BeforeSweep { get; set; }

    /// <summary>Runs before the store is installed.</summary>
    public Func<CancellationToken, Task>? BeforeInstall { get; set; }

    /// <summary>Completed by the first reserve that brought nothing.</summary>
    public TaskCompletionSource ReservedNothing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed by the first reserve that brought all that was asked for.</summary>
    public TaskCompletionSource ReservedAll { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many jobs each ending handed over that could hand over some.</summary>
    public List<int> HandedOver { get; } = [];

    /// <summary>What endings asked to be handed over; null of one that asked for nothing.</summary>
    public List<ReserveRequest?> HandOvers { get; } = [];

    /// <summary>Says which errors pass.</summary>
    public Func<Exception, bool> Transient { get; set; } = _ => false;

    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        if (BeforeInstall is { } hook) await hook(cancellationToken);
        await inner.InstallAsync(cancellationToken);
    }

    public Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default) => inner.InsertAsync(graph, cancellationToken);

    public Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default) => inner.InsertAsync(graphs, cancellationToken);

    public Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default) => inner.RegisterWorkerAsync(worker, cancellationToken);

    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        BeforeBeat?.Invoke();
        return inner.BeatAsync(worker, held, cancellationToken);
    }

    public async Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default)
    {
        if (BeforeRetire is { } hook) await hook();
        await inner.RetireWorkerAsync(worker, cancellationToken);
    }

    public async Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default)
    {
        if (BeforeReserve is { } hook) await hook();
        var jobs = await inner.ReserveAsync(request, cancellationToken);
        if (jobs.Count == 0) ReservedNothing.TrySetResult();
        if (jobs.Count > 0 && jobs.Count >= request.Slots + request.Prefetch) ReservedAll.TrySetResult();
        return jobs;
    }

    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default)
    {
        if (BeforeEnd is { } before) await before(endings);
        HandOvers.Add(null);
        var answers = await inner.EndAsync(endings, cancellationToken);
        if (AfterEnd is { } after) await after(endings);
        return answers;
    }

    public async Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        if (BeforeEnd is { } before) await before(endings);
        HandOvers.Add(handOver);
        var answers = await inner.EndAndReserveAsync(endings, handOver, cancellationToken);
        if (answers.HandedOver.Count > 0) HandedOver.Add(answers.HandedOver.Count);
        if (AfterEnd is { } after) await after(endings);
        return answers;
    }

    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default)
    {
        if (BeforeSweep is { } hook) await hook();
        return await inner.SweepAsync(lossLimit, page, cancellationToken);
    }

    public Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default) => inner.CancelRunAsync(run, cancellationToken);

    public Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default) => inner.CancelJobAsync(job, cancellationToken);

    public Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default) => inner.RetryFailedAsync(run, cancellationToken);

    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) => inner.GetRunAsync(run, cancellationToken);

    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default) => inner.FindRunAsync(key, cancellationToken);

    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default) => inner.GetJobAsync(job, cancellationToken);

    public Task<IReadOnlyList<Job>> ListJobsAsync(RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        inner.ListJobsAsync(run, type, from, limit, cancellationToken);

    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => inner.WaitForChangeAsync(atMost, cancellationToken);

    public bool IsTransient(Exception exception) => Transient(exception);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
