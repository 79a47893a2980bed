namespace Overseer.Faults;

/// <summary>A handler as the generator writes them, which asks for its services when an attempt begins; its args say which.</summary>
internal sealed class NeedyJob(Action<string, JobContext> tell) : JobHandler<StepArgs, int>(TypeName, nameof(NeedyJob))
{
    public const string TypeName = "needy";

    protected internal override JobStages<int> Open(JobAttempt attempt)
    {
        tell("start", attempt.Job);
        try
        {
            return new Stages(Ask(attempt), tell);
        }
        catch
        {
            tell("threw", attempt.Job);
            throw;
        }
    }

    private static object Ask(JobAttempt attempt) => attempt.Args<StepArgs>().Act switch
    {
        "missing" => attempt.Service<WorkerServices.Missing>(),
        "incomplete" => attempt.Service<WorkerServices.Incomplete>(),
        "throwing" => attempt.Service<WorkerServices.Throwing>(),
        "captive" => attempt.Service<WorkerServices.Captor>(),
        "disposed-badly" => attempt.Service<WorkerServices.BadlyDisposed>(),
        _ => attempt.Service<WorkerServices.PerAttempt>(),
    };

    private sealed class Stages(object service, Action<string, JobContext> tell) : JobStages<int>
    {
        public override ValueTask<int> ProcessAsync(JobContext job)
        {
            tell("end", job);
            return new(service.GetHashCode() == 0 ? 0 : 1);
        }
    }
}
