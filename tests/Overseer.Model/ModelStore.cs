using Overseer.Stores;

namespace Overseer.Model;

/// <summary>A store that does what the model says. Thread-safe.</summary>
/// <param name="clock">Tells the time.</param>
/// <param name="flaw">A rule to leave out.</param>
public sealed partial class ModelStore(TimeProvider clock, Flaw flaw = Flaw.None) : IJobStore
{
    private readonly StateMachine machine = new(flaw);

    private readonly Lock gate = new();

    /// <summary>What it knows now.</summary>
    public ModelState State { get; private set; } = new(ModelState.Whole(clock.GetUtcNow()));

    /// <summary>Lets others go on between the steps of a verb that a flaw has taken apart.</summary>
    public Func<Task> Pause { get; init; } = () => Task.CompletedTask;

    public string Name => "model";

    public Task InstallAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default) => (await InsertAsync([graph], cancellationToken))[0];

    public async Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default)
    {
        if (machine.Flaw == Flaw.InsertsHalf) return await InsertHalvesAsync(graphs);
        return Do(new ModelEvent.Insert(graphs)) switch
        {
            JobConflictException conflict => throw conflict,
            var answer => (IReadOnlyList<InsertAnswer>)answer!,
        };
    }

    public Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default) => Task.FromResult(Do(new ModelEvent.Register(worker)));

    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default) =>
        Task.FromResult((BeatAnswer)Do(new ModelEvent.Beat(worker, held))!);

    public Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default) => Task.FromResult(Do(new ModelEvent.Retire(worker)));

    public Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult((IReadOnlyList<ReservedJob>)Do(new ModelEvent.Reserve(request))!);

    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default) =>
        (await EndAsync(new ModelEvent.EndJobs(endings))).Answers;

    public Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default) =>
        EndAsync(new ModelEvent.EndJobs(endings, handOver));

    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default) =>
        machine.Flaw == Flaw.SweepsOldList ? await SweepOldListAsync(lossLimit, page) : (SweepAnswer)Do(new ModelEvent.Sweep(lossLimit, page))!;

    public Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default) => Task.FromResult((int)Do(new ModelEvent.CancelRun(run))!);

    public Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default) =>
        Task.FromResult(JobId.TryParse(job.Value, out var run, out var number) && (bool)Do(new ModelEvent.CancelJob(run, number))!);

    public Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default) => Task.FromResult((int)Do(new ModelEvent.RetryFailed(run))!);

    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) => Task.FromResult(State.Run(run)?.Show(run));

    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default)
    {
        var index = State.Runs.Select(run => run.Key).ToList().IndexOf(key);
        return index < 0 ? Task.FromResult<Run?>(null) : GetRunAsync(new RunId(index + 1), cancellationToken);
    }

    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default) =>
        Task.FromResult(JobId.TryParse(job.Value, out var run, out var number) && State.Job(run, number) is not null ? State.Show(run, number) : null);

    public Task<IReadOnlyList<Job>> ListJobsAsync(RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        var state = State;
        IReadOnlyList<Job> jobs = [.. Enumerable.Range(0, state.Run(run)?.Jobs.Count ?? 0).Skip(from).Select(number => state.Show(run, number)).Where(job => type is null || job.Type == type).Take(limit)];
        return Task.FromResult(jobs);
    }

    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => Task.Delay(atMost, clock, cancellationToken);

    public bool IsTransient(Exception exception) => false;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private object? Do(ModelEvent happened)
    {
        lock (gate)
        {
            (var passed, _) = machine.Apply(State, new ModelEvent.Pass(clock.GetUtcNow()));
            (State, var answer) = machine.Apply(passed, happened);
            return answer;
        }
    }
}
