namespace Overseer.Benchmarks.Peers;

/// <summary>Overseer's job for the comparison.</summary>
[JobType("peer")]
public sealed class PeerJob
{
    public void Process() => PeerTally.Ran();
}
