using Overseer.Stores;

namespace Overseer.Simulation.Tests;

// Each is called right after the store has carried out the verb, whether or not anybody hears its answer.
internal sealed partial class History
{
    public void Inserted()
    {
        verb = "insert";
        Look();
    }

    public void Registered(WorkerRegistration worker, Actor? owner)
    {
        Note($"{worker.Id} registers for {owner?.Name}");
        alive[worker.Id] = (owner, Milliseconds, (long)worker.LeaseTime.TotalMilliseconds);
    }

    public void Beaten(WorkerId worker, BeatAnswer answer)
    {
        Note($"beat of {worker}{(answer.IsAlive ? "" : ", which is dead")}, losing {answer.Lost.Count}");
        if (answer.IsAlive && alive.TryGetValue(worker, out var life)) alive[worker] = life with { BeatAt = Milliseconds };
    }

    public void Retired(WorkerId worker)
    {
        verb = $"retire {worker}";
        alive.Remove(worker);
        foreach (var job in runs.Values.SelectMany(jobs => jobs).Where(job => job.Holder?.Worker == worker)) PutBack(job);
        Look();
    }

    public void Reserved(IReadOnlyList<ReservedJob> given)
    {
        if (given.Count == 0) return;
        verb = $"reserve {string.Join(", ", given.Select(job => $"{job.Id}:{job.Lease.Number}"))}";
        Note(verb);
        Give(given);
        Look();
    }

    public void Ended(IReadOnlyList<JobEnding> endings, IReadOnlyList<EndAnswer> answers, IReadOnlyList<ReservedJob> given)
    {
        verb = $"end {string.Join(", ", endings.Zip(answers).Select(told => $"{told.First.GetType().Name} {told.First.Lease.Run}-{told.First.Lease.Job}:{told.First.Lease.Number} {(told.Second.Accepted ? told.Second.Status : "stale")}"))}"
            + $" handing over {string.Join(", ", given.Select(job => job.Id))}";
        Note(verb);
        var changes = given.Count > 0;
        for (var i = 0; i < endings.Count; i++) changes |= End(endings[i], answers[i]);
        Give(given);
        Look(changes);
    }

    public void Swept(SweepAnswer answer)
    {
        verb = $"sweep {string.Join(", ", answer.Jobs.Select(job => job.Id))}";
        if (answer.Jobs.Count > 0) Note(verb);
        foreach (var gone in alive.Where(worker => Milliseconds - worker.Value.BeatAt > worker.Value.LeaseTime).ToList())
        {
            alive.Remove(gone.Key);
            buried[gone.Key] = gone.Value.Owner;
        }

        foreach (var job in answer.Jobs) Take(Track(job.Run, job.Number)!);
        if (answer.Jobs.Count > 0) Look();
    }

    public void Cancelled(string what)
    {
        verb = $"cancel {what}";
        Note(verb);
        // Whoever held what is aborted now holds it no more.
        foreach (var (id, jobs) in runs)
        {
            foreach (var now in List(id).Where(now => now.Reason == JobReason.Cancelled)) jobs[now.Number].Holder = null;
        }

        Look();
    }

    public void Retried(RunId run)
    {
        verb = $"retry {run}";
        Note(verb);
        Look(isRetry: true);
    }

    // Whether it was the ending of a job, and not one that is stale or told again.
    private bool End(JobEnding ending, EndAnswer answer)
    {
        var job = Track(ending.Lease.Run, ending.Lease.Job)!;
        if (job.Holder == ending.Lease)
        {
            if (!answer.Accepted) Break(Promise.LastLeaseEnds, $"The holder of job {job} was not heeded.");
            if (answer.Status == JobStatus.Unstarted) PutBack(job);
            else job.Holder = null;
            return answer.Accepted;
        }

        Stale++;
        if (answer.Accepted && (ending.Lease.Number != job.LargestLease || !ending.IsOutcome(job.Seen.Status, job.Seen.Reason)))
        {
            Break(Promise.LastLeaseEnds, $"Job {job} was ended under lease {ending.Lease}.");
            job.Holder = null;
        }

        return false;
    }

    private void Give(IReadOnlyList<ReservedJob> given)
    {
        foreach (var reserved in given)
        {
            var job = Track(reserved.Lease.Run, reserved.Lease.Job)!;
            if (job.Holder is not null) Break(Promise.OneHolder, $"Job {job} is given to {reserved.Lease.Worker} too.");
            if (reserved.Lease.Number <= job.LargestLease) Break(Promise.LeasesRise, $"Job {job} is given under {reserved.Lease.Number}.");
            if (job.Seen.Status is not JobStatus.Unstarted) Break(Promise.EndsOnce, $"Job {job} is given.");
            if (job.Seen.RunAt > stage.Time.GetUtcNow()) Break(Promise.DueKept, $"Job {job} is given before {job.Seen.RunAt:O}.");
            (job.Holder, job.LargestLease) = (reserved.Lease, reserved.Lease.Number);
        }

        foreach (var worker in given.Select(job => job.Lease.Worker).Distinct())
        {
            if (runs.Values.SelectMany(jobs => jobs).Count(job => job.Holder?.Worker == worker && job.Taken > 0) > 1) Break(Promise.SuspectsApart, $"Worker {worker} holds several jobs with losses.");
        }
    }

    private void Take(JobTrack job)
    {
        if (job.Holder is not { } lease)
        {
            Break(Promise.EndsOnce, $"Job {job} is taken back, and nobody holds it.");
            return;
        }

        if (alive.ContainsKey(lease.Worker)) Break(Promise.OnlyDeadLose, $"Job {job} is taken from a worker that is alive.");
        else if (!IsWarned(job, lease)) Break(Promise.HandlersWarned, $"Job {job} is taken, and its handler goes on.");
        Losses++;
        job.Taken++;
        PutBack(job);
    }

    private static void PutBack(JobTrack job) => (job.Holder, job.PutBacks) = (null, job.PutBacks + 1);
}
