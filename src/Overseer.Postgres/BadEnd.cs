namespace Overseer.Postgres;

/// <summary>A job that fails or is aborted.</summary>
internal sealed record BadEnd(JobTries Job, JobStatus Status, JobReason Reason);
