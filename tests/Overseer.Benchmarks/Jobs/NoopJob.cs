namespace Overseer.Benchmarks.Jobs;

/// <summary>Does nothing but be counted.</summary>
[JobType("noop")]
public sealed class NoopJob
{
    public void Process(Noop args) => Tally.Current.Ran(args.I);
}
