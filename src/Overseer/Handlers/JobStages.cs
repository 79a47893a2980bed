namespace Overseer;

/// <summary>The three stages of one attempt. Generated code derives from it.</summary>
/// <typeparam name="TResult">The handler's result; <see cref="Unit"/> if it gives none.</typeparam>
public abstract class JobStages<TResult>
{
    /// <summary>Runs before the work; by default it yields the job.</summary>
    public virtual ValueTask<JobContext> PreProcessAsync(JobContext job) => new(job);

    /// <summary>Does the work.</summary>
    public abstract ValueTask<TResult> ProcessAsync(JobContext job);

    /// <summary>Runs after the work; by default it yields the result.</summary>
    public virtual ValueTask<TResult> PostProcessAsync(JobContext job, TResult result) => new(result);
}
