using Overseer.Benchmarks.BlackBox;

namespace Overseer.Benchmarks.Jobs;

/// <summary>Waits, and leaves a trace of itself outside the store's transactions, if it is asked to.</summary>
[JobType("paced")]
public sealed class PacedJob
{
    public async Task ProcessAsync(Paced args, JobContext job, CancellationToken cancellationToken)
    {
        var effect = Effects.Current is { } effects ? await effects.StartAsync(job, cancellationToken) : default;
        if (args.Milliseconds > 0) await Task.Delay(args.Milliseconds, cancellationToken);
        if (Effects.Current is { } ending) await ending.EndAsync(effect, cancellationToken);
    }
}
