namespace Overseer.Model;

public sealed partial class StateMachine
{
    // Ends one job badly, and aborts what is unstarted behind it for the first dependency it lost.
    private ModelState Close(ModelState state, RunId run, int number, JobStatus status, JobReason reason, JobFailure? failure)
    {
        var job = state.Job(run, number)!;
        state = state.With(run, number, job with { Status = status, Reason = reason, Cause = null, Worker = null, Failure = failure, FinishedAt = state.Now });
        if (Has(Flaw.DependentsReleased)) return Release(state, run, number);
        var closure = status == JobStatus.Failed ? JobReason.DependencyFailed : JobReason.DependencyAborted;
        var (pending, closed) = (new Queue<int>([number]), new List<int>());
        while (pending.TryDequeue(out var ended))
        {
            foreach (var dependent in state.Run(run)!.DependentsOf(ended))
            {
                var other = state.Job(run, dependent)!;
                other = other with { Closed = other.Closed + 1 };
                if (other is { Status: JobStatus.Unstarted, Closed: 1 } && !Has(Flaw.DependentsLeftOpen))
                {
                    other = other with { Status = JobStatus.Aborted, Reason = closure, FinishedAt = state.Now };
                    closed.Add(dependent);
                    pending.Enqueue(dependent);
                }

                state = state.With(run, dependent, other);
            }
        }

        foreach (var dependent in closed)
        {
            var other = state.Job(run, dependent)!;
            var graph = state.Run(run)!;
            state = state.With(run, dependent, other with { Cause = other.Dependencies.First(dependency => graph.Jobs[dependency].IsClosed) });
        }

        return state;
    }

    private static (ModelState State, object? Answer) CancelRun(ModelState state, RunId run)
    {
        if (state.Run(run) is not { } found) return (state, 0);
        var open = Enumerable.Range(0, found.Jobs.Count).Where(number => !found.Jobs[number].IsEnded).ToList();
        var jobs = found.Jobs.Select((job, number) =>
        {
            job = job with { Closed = job.Closed + job.Dependencies.Count(open.Contains) };
            return !open.Contains(number) ? job
                : job with { Status = JobStatus.Aborted, Reason = JobReason.Cancelled, Worker = null, Failure = null, FinishedAt = state.Now };
        });
        return (state.With(run, found with { Jobs = [.. jobs] }), open.Count);
    }

    private (ModelState State, object? Answer) CancelJob(ModelState state, RunId run, int number) =>
        state.Job(run, number) is { IsEnded: false }
            ? (Close(state, run, number, JobStatus.Aborted, JobReason.Cancelled, failure: null), true)
            : (state, false);

    private (ModelState State, object? Answer) RetryFailed(ModelState state, RunId run)
    {
        if (state.Run(run) is not { } found) return (state, 0);
        var reopened = Enumerable.Range(0, found.Jobs.Count).Where(number => found.Jobs[number].IsClosed
            && !(Has(Flaw.RetriesHalf) && found.Jobs[number].Status == JobStatus.Aborted)).ToList();
        var jobs = found.Jobs.Select((job, number) =>
        {
            job = job with { Closed = job.Closed - job.Dependencies.Count(reopened.Contains) };
            return !reopened.Contains(number) ? job : job with
            {
                Status = JobStatus.Unstarted,
                Reason = null,
                Cause = null,
                Failure = null,
                FinishedAt = null,
                Attempt = 0,
                Losses = 0,
                Snoozes = 0,
                Faults = 0,
                RunAt = job.RunAt < state.Now ? state.Now : job.RunAt,
            };
        });
        return (state.With(run, found with { Jobs = [.. jobs] }), reopened.Count);
    }
}
