namespace Overseer.Stores;

/// <summary>What a sweep found.</summary>
/// <param name="DeadWorkers">How many workers were taken for dead.</param>
/// <param name="Jobs">The jobs that were taken back from them, as they are now: unstarted, or failed with <see cref="JobReason.WorkerLost"/>.</param>
/// <param name="HasMore">Whether a page was full, so that another sweep is due at once.</param>
public sealed record SweepAnswer(int DeadWorkers, IReadOnlyList<Job> Jobs, bool HasMore);
