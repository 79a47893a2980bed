using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>The way of one process to the store: a verb may not get there, take its time there and back, overtake another, or be carried out without an answer.</summary>
internal sealed partial class FaultyStore(Backstage back, Actor? owner) : IJobStore
{
    // What a claim gave whose answer the worker did not get. The real stores that can lose an answer keep such a list too.
    private readonly List<JobLease> lostGifts = [];

    public string Name => "faulty";

    public Task InstallAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default) => (await InsertAsync([graph], cancellationToken))[0];

    public Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            if (back.Twist == Twist.InsertsForgotten && back.Stage.Chance(0.3)) return [new InsertAnswer(new RunId(1), AlreadyExisted: false)];
            var answers = await back.Store.InsertAsync(graphs, CancellationToken.None);
            back.History.Inserted();
            return answers;
        },
        cancellationToken);

    // A beat and a registration hold up the thread that they are made from, so the others play on inside.
    public Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default)
    {
        Travel("before a registration");
        back.Store.RegisterWorkerAsync(worker, CancellationToken.None).GetAwaiter().GetResult();
        back.History.Registered(worker, owner);
        Travel("after a registration");
        return Task.CompletedTask;
    }

    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        Travel("before a beat");
        var answer = back.Twist == Twist.BeatsDropped ? new BeatAnswer(IsAlive: true, []) : back.Store.BeatAsync(worker, held, CancellationToken.None).GetAwaiter().GetResult();
        back.History.Beaten(worker, answer);
        Travel("after a beat");
        cancellationToken.ThrowIfCancellationRequested();
        if (lostGifts.Count > 0 && answer.IsAlive) _ = back.Server.Run(GiveBackAsync);
        return Task.FromResult(back.Twist == Twist.DeathHidden ? new BeatAnswer(IsAlive: true, []) : answer);
    }

    public Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            await back.Store.RetireWorkerAsync(worker, CancellationToken.None);
            back.History.Retired(worker);
            return true;
        },
        cancellationToken);

    public Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var answer = await back.Store.SweepAsync(lossLimit, page, CancellationToken.None);
            back.History.Swept(answer);
            return answer;
        },
        cancellationToken);

    public Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var cancelled = await back.Store.CancelRunAsync(run, CancellationToken.None);
            back.History.Cancelled($"run {run}");
            return cancelled;
        },
        cancellationToken);

    public Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var isCancelled = await back.Store.CancelJobAsync(job, CancellationToken.None);
            back.History.Cancelled($"job {job}");
            return isCancelled;
        },
        cancellationToken);

    public Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var reopened = await back.Store.RetryFailedAsync(run, CancellationToken.None);
            back.History.Retried(run);
            return reopened;
        },
        cancellationToken);

    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) => back.Store.GetRunAsync(run, cancellationToken);

    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default) => back.Store.FindRunAsync(key, cancellationToken);

    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default) => back.Store.GetJobAsync(job, cancellationToken);

    public Task<IReadOnlyList<Job>> ListJobsAsync(RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        back.Store.ListJobsAsync(run, type, from, limit, cancellationToken);

    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => back.Waiters.WaitAsync(atMost, cancellationToken);

    public bool IsTransient(Exception exception) => exception is StoreFault { IsTransient: true };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Carried out by the store's own process, which neither dies nor freezes, and goes on when nobody waits for it any more.
    private async Task<T> AskAsync<T>(Func<Task<T>> carryOut, CancellationToken cancellationToken)
    {
        var served = back.Server.Run(async () =>
        {
            if (back.Weather.Delay() is var way && way > TimeSpan.Zero) await Task.Delay(way, back.Stage.Time);
            back.Weather.Fail("before it did anything");
            var answer = await carryOut();
            back.Waiters.Wake();
            if (back.Weather.Delay() is var wayBack && wayBack > TimeSpan.Zero) await Task.Delay(wayBack, back.Stage.Time);
            back.Weather.Fail("after it was done");
            return answer;
        });
        return await served.WaitAsync(cancellationToken);
    }

    private void Travel(string when)
    {
        if (back.Weather.Delay() is var way && way > TimeSpan.Zero) back.Stage.Pump(way, owner!);
        if (owner!.IsDead) throw new StoreFault(isTransient: true, "with its process");
        back.Weather.Fail(when);
    }
}
