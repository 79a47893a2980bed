using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>What endings come to, by the counts of their jobs.</summary>
internal sealed class Decisions
{
    public List<(int Place, EndAnswer Answer)> Answers { get; } = [];

    public List<(JobTries Job, TimeSpan? Delay)> PutBack { get; } = [];

    public List<BadEnd> Bad { get; } = [];

    public List<(JobTries Job, JobFailure Failure)> Failures { get; } = [];

    public void Add(int place, JobTries job, JobEnding ending)
    {
        switch (ending)
        {
            case JobEnding.Fail { Reason: JobReason.Exception } fail when job.Attempt < job.MaxAttempts:
                Failures.Add((job, fail.Failure));
                Put(place, job, PostponeDelay.Of(fail.Delay, job.Attempt));
                break;
            case JobEnding.Fail fail:
                End(place, job, JobStatus.Failed, fail.Reason, fail.Failure);
                break;
            case JobEnding.Abort abort:
                End(place, job, JobStatus.Aborted, abort.Reason, abort.Failure);
                break;
            case JobEnding.Postpone postpone:
                Postpone(place, job, postpone);
                break;
            case JobEnding.Release:
                Put(place, job with { Attempt = job.Attempt - 1 }, delay: null);
                break;
            default:
                throw new ArgumentException($"{ending.GetType()} is no ending that a store knows.", nameof(ending));
        }
    }

    /// <summary>A dead worker held it.</summary>
    public void TakeBack(JobTries job, int lossLimit)
    {
        var counted = job with { Attempt = job.Attempt - 1, Losses = job.Losses + 1 };
        if (counted.Losses >= lossLimit) End(place: -1, counted, JobStatus.Failed, JobReason.WorkerLost, JobFailures.WorkerLost(counted.Losses));
        else Put(place: -1, counted, delay: null);
    }

    private void Postpone(int place, JobTries job, JobEnding.Postpone postpone)
    {
        var counted = postpone.Kind == PostponeKind.Fault
            ? job with { Attempt = job.Attempt - 1, Faults = job.Faults + 1 }
            : job with { Attempt = job.Attempt - 1, Snoozes = job.Snoozes + 1 };
        var count = postpone.Kind == PostponeKind.Fault ? counted.Faults : counted.Snoozes;
        if (count > postpone.Limit) End(place, counted, JobStatus.Failed, JobReason.AttemptsExhausted, postpone.Failure);
        else Put(place, counted, PostponeDelay.Of(postpone.Delay, count));
    }

    private void Put(int place, JobTries job, TimeSpan? delay)
    {
        PutBack.Add((job, delay));
        Answers.Add((place, new EndAnswer(Accepted: true)));
    }

    private void End(int place, JobTries job, JobStatus status, JobReason reason, JobFailure failure)
    {
        Bad.Add(new BadEnd(job, status, reason));
        Failures.Add((job, failure));
        Answers.Add((place, new EndAnswer(Accepted: true, status, reason)));
    }
}
