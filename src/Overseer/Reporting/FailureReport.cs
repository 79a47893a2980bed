namespace Overseer;

/// <summary>A job that failed for good, or that its handler aborted aloud. It holds no args.</summary>
/// <param name="Job">The job.</param>
/// <param name="Type">Its type.</param>
/// <param name="Run">Its run.</param>
/// <param name="Graph">The name of its run's graph; null for a job whose worker was lost.</param>
/// <param name="Attempt">Which try it was.</param>
/// <param name="Status"><see cref="JobStatus.Failed"/> or <see cref="JobStatus.Aborted"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Failure">What is stored about it.</param>
/// <param name="Exception">The exception, where there was one in this process.</param>
public sealed record FailureReport(
    JobId Job, string Type, RunId Run, string? Graph, int Attempt, JobStatus Status, JobReason Reason, JobFailure Failure, Exception? Exception);
