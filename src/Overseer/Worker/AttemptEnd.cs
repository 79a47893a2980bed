using Overseer.Stores;

namespace Overseer;

/// <summary>How one attempt ended, on its way to the store.</summary>
/// <param name="Job">The job.</param>
/// <param name="Ending">What to record.</param>
/// <param name="Exception">The exception behind it, for reports.</param>
/// <param name="IsMinimal">Whether this is the small record that is written where the store refused the full one.</param>
internal sealed record AttemptEnd(HeldJob Job, JobEnding Ending, Exception? Exception = null, bool IsMinimal = false);
