using Overseer.Stores;

namespace Overseer.Model;

public sealed partial class StateMachine
{
    private (ModelState State, object? Answer) Sweep(ModelState state, ModelEvent.Sweep sweep)
    {
        (state, var dead) = BuryDead(state);
        var lost = FindLost(state).Take(sweep.Page).ToList();
        state = TakeBack(state, lost, sweep.LossLimit);
        var jobs = lost.Select(lease => state.Show(lease.Run, lease.Job)).ToList();
        return (state, new SweepAnswer(dead, jobs, lost.Count == sweep.Page));
    }

    /// <summary>The first third of a sweep: who has not beaten for longer than its lease time is no worker any more.</summary>
    public static (ModelState State, int Dead) BuryDead(ModelState state)
    {
        ValueList<ModelWorker> alive = [.. state.Workers.Where(worker => state.Now - worker.BeatAt <= worker.LeaseTime)];
        return (state with { Workers = alive }, state.Workers.Count - alive.Count);
    }

    /// <summary>The second: the leases on started jobs whose workers are none any more.</summary>
    public static IEnumerable<JobLease> FindLost(ModelState state) =>
        state.Jobs.Where(place => place.Job is { Status: JobStatus.Started, Worker: { } worker } && !state.IsAlive(worker))
            .Select(place => new JobLease(place.Run, place.Number, place.Job.Worker!.Value, place.Job.Lease));

    /// <summary>The third: what is still held by them is taken back, however old the list is.</summary>
    public ModelState TakeBack(ModelState state, IEnumerable<JobLease> lost, int lossLimit)
    {
        foreach (var lease in lost)
        {
            var job = state.Job(lease.Run, lease.Job)!;
            if (!job.IsHeldBy(lease) && !Has(Flaw.SweepsOldList)) continue;
            var losses = job.Losses + (Has(Flaw.LossesUncounted) ? 0 : 1);
            job = job with { Attempt = Math.Max(0, job.Attempt - 1), Losses = losses };
            state = losses >= lossLimit && !Has(Flaw.LossesUnlimited)
                ? Close(state.With(lease.Run, lease.Job, job), lease.Run, lease.Job, JobStatus.Failed, JobReason.WorkerLost, JobFailures.WorkerLost(losses))
                : state.With(lease.Run, lease.Job, PutBack(job));
        }

        return state;
    }
}
