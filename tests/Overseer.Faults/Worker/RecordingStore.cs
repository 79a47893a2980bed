using System.Data.Common;
using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>A store that writes into the history what a worker asked and was told, and has the breakpoints.</summary>
internal sealed class RecordingStore(IJobStore inner, HistoryFile history, Breakpoints breakpoints) : IJobStore
{
    public string Name => inner.Name;

    public Task InstallAsync(CancellationToken cancellationToken = default) => TellAsync("install", () => inner.InstallAsync(cancellationToken));

    public Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default) => inner.InsertAsync(graph, cancellationToken);

    public Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default) => inner.InsertAsync(graphs, cancellationToken);

    public Task<InsertAnswer> InsertAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default) => inner.InsertAsync(graph, transaction, cancellationToken);

    public async Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default)
    {
        await TellAsync("register", () => inner.RegisterWorkerAsync(worker, cancellationToken));
        history.Write("registered", worker.Id.Value.ToString());
    }

    public async Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        breakpoints.Reach("beating");
        var answer = await TellAsync("beat", () => inner.BeatAsync(worker, held, cancellationToken));
        if (!answer.IsAlive) history.Write("dead", worker.Value.ToString());
        foreach (var lease in answer.Lost) history.Write("lost", IdOf(lease), lease.Number);
        return answer;
    }

    public Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default)
    {
        history.Write("retire", worker.Value.ToString());
        return TellAsync("retire", () => inner.RetireWorkerAsync(worker, cancellationToken));
    }

    public async Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default)
    {
        var jobs = await TellAsync("reserve", () => inner.ReserveAsync(request, cancellationToken));
        if (jobs.Count > request.Slots + request.Prefetch) history.Write("overtaken", result: $"{jobs.Count} of {request.Slots} + {request.Prefetch}");
        Hold(jobs);
        if (jobs.Count > 0) await breakpoints.ReachAsync("claimed");
        return jobs;
    }

    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default)
    {
        await breakpoints.ReachAsync("ending");
        var answers = await TellAsync("end", () => inner.EndAsync(endings, cancellationToken));
        Answered(endings, answers);
        await breakpoints.ReachAsync("ended");
        return answers;
    }

    public async Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        await breakpoints.ReachAsync("ending");
        var ended = await TellAsync("end", () => inner.EndAndReserveAsync(endings, handOver, cancellationToken));
        Answered(endings, ended.Answers);
        Hold(ended.HandedOver);
        await breakpoints.ReachAsync("ended");
        return ended;
    }

    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default)
    {
        var answer = await TellAsync("sweep", () => inner.SweepAsync(lossLimit, page, cancellationToken));
        if (answer.DeadWorkers > 0 || answer.Jobs.Count > 0) history.Write("swept", result: $"{answer.DeadWorkers} workers, {answer.Jobs.Count} jobs");
        return answer;
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

    public long ReadySignals => inner.ReadySignals;

    public Task WaitForReadyAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken = default) => inner.WaitForReadyAsync(seen, atMost, cancellationToken);

    public bool IsTransient(Exception exception) => inner.IsTransient(exception);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static string IdOf(JobLease lease) => $"{lease.Run.Number}-{lease.Job}";

    private void Hold(IReadOnlyList<ReservedJob> jobs)
    {
        foreach (var job in jobs) history.Write("claim", IdOf(job.Lease), job.Lease.Number, $"attempt {job.Attempt}");
    }

    private void Answered(IReadOnlyList<JobEnding> endings, IReadOnlyList<EndAnswer> answers)
    {
        for (var i = 0; i < endings.Count; i++)
            history.Write("ended", IdOf(endings[i].Lease), endings[i].Lease.Number, $"{endings[i].GetType().Name} {(answers[i].Accepted ? answers[i].Status.ToWord() : "stale")}");
    }

    private async Task<T> TellAsync<T>(string verb, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            history.Write("error", verb, result: $"{Db.CodeOf(error)} {error.Message}");
            throw;
        }
    }

    private Task<bool> TellAsync(string verb, Func<Task> act) => TellAsync(verb, async () =>
    {
        await act();
        return true;
    });
}
