using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default)
    {
        SweepAnswer answer;
        lock (gate)
        {
            var now = Now();
            var dead = workers.Where(worker => now - worker.Value.BeatAt > worker.Value.LeaseTime).Select(worker => worker.Key).ToList();
            foreach (var worker in dead) workers.Remove(worker);
            var lost = held.Where(worker => !workers.ContainsKey(worker.Key)).SelectMany(worker => worker.Value)
                .OrderBy(job => job.Run.Id.Number).ThenBy(job => job.Number).Take(page).ToList();
            foreach (var job in lost) TakeBack(job, lossLimit, now);
            answer = new SweepAnswer(dead.Count, [.. lost.Select(Show)], lost.Count == page);
        }

        if (answer.Jobs.Count > 0) pulse.Signal(clock);
        return Task.FromResult(answer);
    }

    private void TakeBack(MemoryJob job, int lossLimit, DateTimeOffset now)
    {
        job.Attempt--;
        job.Losses++;
        if (job.Losses >= lossLimit) Close(job, JobStatus.Failed, JobReason.WorkerLost, JobFailures.WorkerLost(job.Losses), now);
        else PutBack(job);
    }
}
