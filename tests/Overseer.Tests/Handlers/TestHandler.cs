namespace Overseer.Tests.Handlers;

/// <summary>A handler as generated code has it, with former names and all, in one line.</summary>
internal sealed class TestHandler<TArgs, TResult>(string type, Func<JobAttempt, TResult> process) : JobHandler<TArgs, TResult>(type, $"Test.{type}")
{
    protected internal override JobStages<TResult> Open(JobAttempt attempt) => new Stages(attempt, process);

    private sealed class Stages(JobAttempt attempt, Func<JobAttempt, TResult> process) : JobStages<TResult>
    {
        public override ValueTask<TResult> ProcessAsync(JobContext job) => new(process(attempt));
    }
}
