namespace Overseer;

/// <summary>Middleware around one stage of a handler, applied with <see cref="HarnessAttribute{THarness}"/>.</summary>
/// <remarks>A new one is made for every attempt, from its service scope, and disposed with it.</remarks>
public interface IJobHarness
{
    /// <summary>Runs the stage, or does not.</summary>
    /// <remarks>A stage that the handler lacks is the identity: PreProcess yields the job, PostProcess the result.</remarks>
    /// <typeparam name="TResult"><see cref="JobContext"/> for PreProcess; the handler's result, or <see cref="Unit"/>, for the others.</typeparam>
    /// <param name="job">The job.</param>
    /// <param name="stage">The stage, or the next harness inside.</param>
    /// <returns>What the stage gave, or something in its place.</returns>
    ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage);
}

/// <summary>Middleware that provides a value to the stage it wraps: a stage parameter of type <typeparamref name="T"/> takes it.</summary>
/// <remarks>It cannot go on without providing one. Two that provide one type to one stage are OVS402.</remarks>
/// <typeparam name="T">The value's type.</typeparam>
public interface IJobHarness<T>
{
    /// <inheritdoc cref="IJobHarness.InvokeAsync{TResult}(JobContext, StageCall{TResult})"/>
    ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<T, TResult> stage);
}
