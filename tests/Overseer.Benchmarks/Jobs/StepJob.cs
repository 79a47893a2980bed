namespace Overseer.Benchmarks.Jobs;

/// <summary>Does nothing but note when it began and ended.</summary>
[JobType("step")]
public sealed class StepJob
{
    public void Process(ChainStep args) => Tally.Current.Stepped(args.Chain, args.Number);
}
