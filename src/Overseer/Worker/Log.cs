using Microsoft.Extensions.Logging;

namespace Overseer;

/// <summary>Every log message of the engine, with its stable event id. None holds args or results.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} started on store {Store} with {Concurrency} slots for {Types}")]
    public static partial void WorkerStarted(this ILogger log, Guid worker, string store, int concurrency, string types);

    [LoggerMessage(2, LogLevel.Information, "Worker is stopping; {Running} handlers have {DrainTime} to finish")]
    public static partial void WorkerStopping(this ILogger log, int running, TimeSpan drainTime);

    [LoggerMessage(3, LogLevel.Information, "Worker {Worker} stopped")]
    public static partial void WorkerStopped(this ILogger log, Guid worker);

    [LoggerMessage(4, LogLevel.Warning, "Worker {Old} was taken for dead, so its {Dropped} leases are dropped; it goes on as {New}. If the process was not paused, HeartbeatSleep × HeartbeatTolerance is too short for this store")]
    public static partial void WorkerTakenForDead(this ILogger log, Guid old, int dropped, Guid @new);

    [LoggerMessage(5, LogLevel.Warning, "The worker could not take its leave from store {Store}; its leases run out by themselves")]
    public static partial void RetireFailed(this ILogger log, string store, Exception error);

    [LoggerMessage(10, LogLevel.Warning, "Reserving from store {Store} failed; it is tried again")]
    public static partial void ReserveFailed(this ILogger log, string store, Exception error);

    [LoggerMessage(11, LogLevel.Warning, "Recording {Count} endings in store {Store} failed for a reason that passes; it is tried again")]
    public static partial void RecordRetried(this ILogger log, int count, string store, Exception error);

    [LoggerMessage(12, LogLevel.Warning, "Recording {Count} endings together failed; they are recorded in two halves")]
    public static partial void RecordSplit(this ILogger log, int count, Exception error);

    [LoggerMessage(13, LogLevel.Error, "The store refused to record how job {Job} ({Type}) ended; a minimal record is written instead")]
    public static partial void RecordRefused(this ILogger log, JobId job, string type, Exception error);

    [LoggerMessage(14, LogLevel.Warning, "The attempt of job {Job} ({Type}) under lease {Lease} ended too late: the lease was lost, and nothing is changed")]
    public static partial void StaleEnding(this ILogger log, JobId job, string type, long lease);

    [LoggerMessage(15, LogLevel.Error, "The worker stops with {Count} jobs whose endings could not be recorded; they run again elsewhere")]
    public static partial void EndingsAbandoned(this ILogger log, int count);

    [LoggerMessage(16, LogLevel.Information, "{Count} jobs that waited longer than {Time} for a slot are given back to the store: the handlers that run have become slow")]
    public static partial void GivenBack(this ILogger log, int count, TimeSpan time);

    [LoggerMessage(20, LogLevel.Warning, "A heartbeat did not reach store {Store}")]
    public static partial void BeatFailed(this ILogger log, string store, Exception error);

    [LoggerMessage(21, LogLevel.Warning, "The lease {Lease} on job {Run}-{Job} is lost; its handler's token is cancelled")]
    public static partial void LeaseLost(this ILogger log, long run, int job, long lease);

    [LoggerMessage(22, LogLevel.Error, "No heartbeat has landed for {Silent}: the {Count} held jobs are cancelled and nothing is reserved until one does")]
    public static partial void LeasesInDoubt(this ILogger log, TimeSpan silent, int count);

    [LoggerMessage(23, LogLevel.Warning, "The handler of job {Job} ({Type}) has ignored its cancelled token for {Time}; its slot stays taken until it returns. Pass the token on, or check it")]
    public static partial void TokenIgnored(this ILogger log, JobId job, string type, TimeSpan time);

    [LoggerMessage(24, LogLevel.Error, "A callback that the handler of job {Job} ({Type}) registered on its token threw when the token was cancelled. The token is cancelled all the same; correct the callback")]
    public static partial void TokenCallbackFailed(this ILogger log, JobId job, string type, Exception error);

    [LoggerMessage(30, LogLevel.Error, "The monitor of store {Store} failed (MonitorFailure is {Action})")]
    public static partial void MonitorFailed(this ILogger log, string store, MonitorFailureAction action, Exception error);

    [LoggerMessage(31, LogLevel.Warning, "{Workers} workers were taken for dead, and {Jobs} jobs taken back from them")]
    public static partial void DeadJobsReset(this ILogger log, int workers, int jobs);

    [LoggerMessage(40, LogLevel.Error, "Job {Job} ({Type}) failed for good: {Reason}, attempt {Attempt}")]
    public static partial void JobFailed(this ILogger log, JobId job, string type, string reason, int attempt, Exception? error);

    [LoggerMessage(41, LogLevel.Warning, "Attempt {Attempt} of job {Job} ({Type}) failed; it will be tried again")]
    public static partial void AttemptFailed(this ILogger log, JobId job, string type, int attempt, Exception? error);

    [LoggerMessage(42, LogLevel.Error, "Job {Job} ({Type}) was aborted by its handler: {Message}")]
    public static partial void JobAborted(this ILogger log, JobId job, string type, string message);

    [LoggerMessage(43, LogLevel.Information, "Job {Job} ({Type}) was aborted silently by its handler: {Message}")]
    public static partial void JobAbortedSilently(this ILogger log, JobId job, string type, string message);

    [LoggerMessage(44, LogLevel.Information, "Job {Job} ({Type}) is put back ({Kind}): {Message}")]
    public static partial void JobPostponed(this ILogger log, JobId job, string type, Stores.PostponeKind kind, string message);

    [LoggerMessage(50, LogLevel.Warning, "The failure report of job {Job} ({Type}) is dropped: too many are waiting")]
    public static partial void ReportDropped(this ILogger log, JobId job, string type);

    [LoggerMessage(51, LogLevel.Warning, "Reporter {Reporter} could not report the failure of job {Job}")]
    public static partial void ReportFailed(this ILogger log, string reporter, JobId job, Exception error);
}
