namespace Overseer;

/// <summary>A handler with one harness more, given at run time.</summary>
internal sealed class WrappedJobHandler<TArgs, TResult> : JobHandler<TArgs, TResult>
{
    private readonly JobHandler<TArgs, TResult> inner;
    private readonly JobStage stage;
    private readonly Func<IServiceProvider, StageWrap> wrap;

    public WrappedJobHandler(JobHandler<TArgs, TResult> inner, JobStage stage, Func<IServiceProvider, StageWrap> wrap)
        : base(inner.Type, inner.Name, inner.Json)
    {
        this.inner = inner;
        this.stage = stage;
        this.wrap = wrap;
        FormerNames = inner.FormerNames;
        IsRetired = inner.IsRetired;
        Dependencies = inner.Dependencies;
        Services = inner.Services;
        TakesNull = inner.TakesNull;
        GivesNull = inner.GivesNull;
    }

    protected internal override JobStages<TResult> Open(JobAttempt attempt) => new Stages(inner.Open(attempt), stage, wrap(attempt.Job.Services));

    private sealed class Stages(JobStages<TResult> inner, JobStage stage, StageWrap wrap) : JobStages<TResult>
    {
        public override ValueTask<JobContext> PreProcessAsync(JobContext job) =>
            stage == JobStage.PreProcess ? Wrap(job, inner.PreProcessAsync) : inner.PreProcessAsync(job);

        public override ValueTask<TResult> ProcessAsync(JobContext job) =>
            stage == JobStage.Process ? Wrap(job, inner.ProcessAsync) : inner.ProcessAsync(job);

        public override ValueTask<TResult> PostProcessAsync(JobContext job, TResult result) =>
            stage == JobStage.PostProcess
                ? Wrap(job, current => inner.PostProcessAsync(current, result))
                : inner.PostProcessAsync(job, result);

        private async ValueTask<T> Wrap<T>(JobContext job, Func<JobContext, ValueTask<T>> call)
        {
            var value = await wrap(job, async current => await call(current));
            return value switch
            {
                T typed => typed,
                null when default(T) is null => default!,
                _ => throw new InvalidOperationException(
                    $"A harness of the {stage} stage of job type '{job.Type}' returned {value?.GetType().ToString() ?? "null"} where {typeof(T)} "
                    + "is expected. Return what the stage returned, or a value of the same type."),
            };
        }
    }
}
