namespace Overseer;

/// <summary>A harness given at run time: wraps one stage of one job type.</summary>
/// <param name="job">The job.</param>
/// <param name="stage">The stage, or the next harness inside. Its value is <see cref="JobContext"/> for PreProcess, else the handler's result.</param>
/// <returns>What the stage gave, or something of the same type in its place.</returns>
public delegate ValueTask<object?> StageWrap(JobContext job, Func<JobContext, ValueTask<object?>> stage);
