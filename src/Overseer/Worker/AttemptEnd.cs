using Overseer.Stores;

namespace Overseer;

/// <summary>How one attempt ended, on its way to the store.</summary>
/// <param name="Job">The job.</param>
/// <param name="Ending">What to record.</param>
/// <param name="Exception">The exception behind it, for reports.</param>
internal sealed record AttemptEnd(HeldJob Job, JobEnding Ending, Exception? Exception = null);
