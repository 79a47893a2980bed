using Quartz;

namespace Overseer.Benchmarks.Peers;

/// <summary>Quartz's job for the comparison.</summary>
public sealed class CountJob : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        PeerTally.Ran();
        return ValueTask.CompletedTask;
    }
}
