namespace Overseer.Stores;

/// <summary>An exclusive hold on one job. Every write about a running attempt names it, and changes nothing unless it is still the job's current one.</summary>
/// <param name="Run">The run.</param>
/// <param name="Job">The job's number in it.</param>
/// <param name="Worker">The worker that holds it.</param>
/// <param name="Number">The job's lease number: raised by every reserve, never reset.</param>
public readonly record struct JobLease(RunId Run, int Job, WorkerId Worker, long Number);
