namespace Overseer;

/// <summary>A handler that was given at run time as a delegate.</summary>
internal sealed class DelegateJobHandler<TArgs, TResult> : JobHandler<TArgs, TResult>
{
    private readonly Func<JobContext, TArgs, CancellationToken, Task<TResult>> process;

    public DelegateJobHandler(string type, Func<JobContext, TArgs, CancellationToken, Task<TResult>> process)
        : base(type, $"the delegate of '{type}'")
    {
        this.process = process;
        // A type argument does not tell at run time whether it was written with a question mark.
        TakesNull = GivesNull = true;
    }

    protected internal override JobStages<TResult> Open(JobAttempt attempt) =>
        new Stages(typeof(TArgs) == typeof(Unit) ? default! : attempt.Args<TArgs>(), process);

    private sealed class Stages(TArgs args, Func<JobContext, TArgs, CancellationToken, Task<TResult>> process) : JobStages<TResult>
    {
        public override async ValueTask<TResult> ProcessAsync(JobContext job) => await process(job, args, job.CancellationToken);
    }
}
