using Overseer.Stores;

namespace Overseer.Model;

public sealed partial class StateMachine
{
    private (ModelState State, object? Answer) End(ModelState state, ModelEvent.EndJobs end)
    {
        var (answers, released) = (new List<EndAnswer>(), new HashSet<(RunId Run, int Number)>());
        foreach (var ending in end.Endings)
        {
            (state, var answer, var isNew) = End(state, ending);
            answers.Add(answer);
            if (!isNew || ending is not JobEnding.Finish || ending.Lease.Worker != end.HandOver?.Worker) continue;
            released.UnionWith(state.Run(ending.Lease.Run)!.DependentsOf(ending.Lease.Job).Select(number => (ending.Lease.Run, number))
                .Where(place => state.Job(place.Run, place.number) is { Status: JobStatus.Unstarted, Waiting: 0 }));
        }

        if (end.HandOver is not { } request || !state.IsAlive(request.Worker)) return (state, new EndedJobs(answers, []));
        var taken = InOrder(released.Select(place => (place.Run, place.Number, state.Job(place.Run, place.Number)!)))
            .Where(place => place.Job is { Losses: 0 } && IsReady(state, place.Job) && request.Types.Any(type => type.Name == place.Job.Type))
            .Take(request.Slots).Select(place => (place.Run, place.Number)).ToList();
        (state, var given) = Give(state, request, taken);
        return (state, new EndedJobs(answers, given));
    }

    private (ModelState State, EndAnswer Answer, bool IsNew) End(ModelState state, JobEnding ending)
    {
        var (run, number) = (ending.Lease.Run, ending.Lease.Job);
        if (state.Job(run, number) is not { } job) return (state, EndAnswer.Stale, false);
        var isHeld = job.IsHeldBy(ending.Lease)
            || (Has(Flaw.EndsUnfenced) && job.Status == JobStatus.Started)
            || (Has(Flaw.EndsTwice) && job.Status == JobStatus.Finished && ending is JobEnding.Finish);
        if (!isHeld)
        {
            if (Has(Flaw.StaleLeavesTraces) && ending is JobEnding.Finish) state = state.With(run, number, job with { Failure = new JobFailure("stale") });
            // Told a second time, because the first answer was lost.
            var isRepeated = job.Lease == ending.Lease.Number && ending.IsOutcome(job.Status, job.Reason);
            return (state, isRepeated ? new EndAnswer(Accepted: true, job.Status, job.Reason) : EndAnswer.Stale, false);
        }

        state = ending switch
        {
            JobEnding.Finish finish => Finish(state, run, number, finish.Result),
            JobEnding.Fail { Reason: JobReason.Exception } fail when job.Attempt < job.MaxAttempts || Has(Flaw.AttemptsUnlimited) =>
                state.With(run, number, PutBack(job with { Failure = fail.Failure, RunAt = Later(state, fail.Delay) })),
            JobEnding.Fail fail => Close(state, run, number, JobStatus.Failed, fail.Reason, fail.Failure),
            JobEnding.Abort abort => Close(state, run, number, JobStatus.Aborted, abort.Reason, abort.Failure),
            JobEnding.Postpone postpone => Postpone(state, run, number, job, postpone),
            JobEnding.Release => state.With(run, number, PutBack(job with { Attempt = job.Attempt - 1 })),
            _ => throw new ArgumentException($"{ending} is no ending that a store knows.", nameof(ending)),
        };
        var now = state.Job(run, number)!;
        return (state, new EndAnswer(Accepted: true, now.Status, now.Reason), true);
    }

    private ModelState Finish(ModelState state, RunId run, int number, string? result)
    {
        var job = state.Job(run, number)!;
        state = state.With(run, number, job with { Status = JobStatus.Finished, Worker = null, Result = result, Failure = null, FinishedAt = state.Now });
        return Release(state, run, number);
    }

    private ModelState Release(ModelState state, RunId run, int number)
    {
        foreach (var dependent in state.Run(run)!.DependentsOf(number))
        {
            var job = state.Job(run, dependent)!;
            if (Has(Flaw.EndedNotCounted) && job.Status != JobStatus.Unstarted) continue;
            var waiting = job.Waiting - 1;
            state = state.With(run, dependent, job with { Waiting = waiting, RunAt = waiting == 0 && job.RunAt < state.Now ? state.Now : job.RunAt });
        }

        return state;
    }

    private ModelState Postpone(ModelState state, RunId run, int number, ModelJob job, JobEnding.Postpone postpone)
    {
        job = job with
        {
            Attempt = job.Attempt - 1,
            Faults = job.Faults + (postpone.Kind == PostponeKind.Fault ? 1 : 0),
            Snoozes = job.Snoozes + (postpone.Kind == PostponeKind.Snooze ? 1 : 0),
        };
        var count = postpone.Kind == PostponeKind.Fault ? job.Faults : job.Snoozes;
        return count > postpone.Limit
            ? Close(state.With(run, number, job), run, number, JobStatus.Failed, JobReason.AttemptsExhausted, postpone.Failure)
            : state.With(run, number, PutBack(job with { RunAt = Later(state, postpone.Delay) }));
    }

    private static DateTimeOffset Later(ModelState state, TimeSpan? delay)
    {
        var named = delay ?? throw new ArgumentException("The model draws no delays: an ending names its own.", nameof(delay));
        return ModelState.Whole(state.Now + (named < TimeSpan.Zero ? TimeSpan.Zero : named > PostponeDelay.Longest ? PostponeDelay.Longest : named));
    }
}
