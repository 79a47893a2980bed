using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<EndAnswer> answers;
        lock (gate)
        {
            var now = Now();
            answers = [.. endings.Select(ending => FindHeld(ending.Lease) is { } job ? End(job, ending, now) : Repeat(ending))];
        }

        if (answers.Any(answer => answer.Accepted)) pulse.Signal(clock);
        return Task.FromResult(answers);
    }

    /// <inheritdoc/>
    public Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        EndedJobs ended;
        lock (gate)
        {
            var now = Now();
            var (answers, released) = (new EndAnswer[endings.Count], new SortedSet<MemoryJob>(ReadyJobs.DueOrder.Instance));
            for (var i = 0; i < answers.Length; i++)
            {
                if (FindHeld(endings[i].Lease) is not { } job)
                {
                    answers[i] = Repeat(endings[i]);
                    continue;
                }

                answers[i] = End(job, endings[i], now);
                if (endings[i] is not JobEnding.Finish || endings[i].Lease.Worker != handOver.Worker) continue;
                foreach (var number in job.Run.DependentsOf(job))
                {
                    if (job.Run.Jobs[number] is { Status: JobStatus.Unstarted, Waiting: 0, Losses: 0 } dependent && dependent.RunAt <= now) released.Add(dependent);
                }
            }

            ended = new EndedJobs(answers, HandOver(released, handOver, now));
        }

        if (ended.Answers.Any(answer => answer.Accepted)) pulse.Signal(clock);
        return Task.FromResult(ended);
    }

    private List<ReservedJob> HandOver(IEnumerable<MemoryJob> released, ReserveRequest handOver, DateTimeOffset now)
    {
        if (!workers.ContainsKey(handOver.Worker)) return [];
        var inputs = handOver.Types.ToDictionary(type => type.Name, type => type.Inputs, StringComparer.Ordinal);
        return [.. released.Where(job => job.Status == JobStatus.Unstarted && inputs.ContainsKey(job.Type)).Take(handOver.Slots).Select(job => Reserve(job, handOver.Worker, inputs[job.Type], now))];
    }

    private EndAnswer End(MemoryJob job, JobEnding ending, DateTimeOffset now)
    {
        switch (ending)
        {
            case JobEnding.Finish finish:
                Finish(job, finish.Result, now);
                break;
            case JobEnding.Fail { Reason: JobReason.Exception } fail when job.Attempt < job.MaxAttempts:
                job.Failure = fail.Failure;
                job.RunAt = Whole(now + PostponeDelay.Of(fail.Delay, job.Attempt));
                PutBack(job);
                break;
            case JobEnding.Fail fail:
                Close(job, JobStatus.Failed, fail.Reason, fail.Failure, now);
                break;
            case JobEnding.Abort abort:
                Close(job, JobStatus.Aborted, abort.Reason, abort.Failure, now);
                break;
            case JobEnding.Postpone postpone:
                Postpone(job, postpone, now);
                break;
            case JobEnding.Release:
                Release(job);
                break;
            default:
                throw new ArgumentException($"{ending.GetType()} is no ending that a store knows.", nameof(ending));
        }

        return new EndAnswer(Accepted: true, job.Status, job.Reason);
    }

    // The answer to the first telling may have been lost on its way, so a second one is no news but no error either.
    private EndAnswer Repeat(JobEnding ending) =>
        FindJob(ending.Lease.Run, ending.Lease.Job) is { } job && job.Lease == ending.Lease.Number && ending.IsOutcome(job.Status, job.Reason)
            ? new EndAnswer(Accepted: true, job.Status, job.Reason)
            : EndAnswer.Stale;

    private void Finish(MemoryJob job, string? result, DateTimeOffset now)
    {
        LetGo(job);
        job.Status = JobStatus.Finished;
        job.Result = result;
        job.Failure = null;
        job.FinishedAt = now;
        job.Run.Count(job, 1, now);
        foreach (var number in job.Run.DependentsOf(job))
        {
            var dependent = job.Run.Jobs[number];
            if (--dependent.Waiting == 0 && dependent.RunAt < now) dependent.RunAt = now;
            AddIfReady(dependent);
        }
    }

    private void Postpone(MemoryJob job, JobEnding.Postpone postpone, DateTimeOffset now)
    {
        var count = postpone.Kind == PostponeKind.Fault ? ++job.Faults : ++job.Snoozes;
        job.Attempt--;
        if (count > postpone.Limit)
        {
            Close(job, JobStatus.Failed, JobReason.AttemptsExhausted, postpone.Failure, now);
            return;
        }

        job.RunAt = Whole(now + PostponeDelay.Of(postpone.Delay, count));
        PutBack(job);
    }

    /// <summary>Ends a job badly and aborts every unstarted job behind it.</summary>
    private void Close(MemoryJob job, JobStatus status, JobReason reason, JobFailure? failure, DateTimeOffset now)
    {
        TakeOut(job);
        job.Status = status;
        job.Reason = reason;
        job.Failure = failure;
        job.FinishedAt = now;
        job.Run.Count(job, 1, now);

        // All that one ending closes has one reason; a queue and not recursion, since a chain may be 100,000 jobs long.
        var closure = status == JobStatus.Failed ? JobReason.DependencyFailed : JobReason.DependencyAborted;
        var closed = new HashSet<MemoryJob>();
        var pending = new Queue<MemoryJob>([job]);
        while (pending.TryDequeue(out var dependency))
        {
            foreach (var number in job.Run.DependentsOf(dependency))
            {
                var dependent = job.Run.Jobs[number];
                if (closed.Contains(dependent)) dependent.Cause = Math.Min(dependent.Cause!.Value, dependency.Number);
                if (dependent.Status != JobStatus.Unstarted) continue;
                dependent.Status = JobStatus.Aborted;
                dependent.Reason = closure;
                dependent.Cause = dependency.Number;
                dependent.FinishedAt = now;
                dependent.Run.Count(dependent, 1, now);
                closed.Add(dependent);
                pending.Enqueue(dependent);
            }
        }
    }
}
