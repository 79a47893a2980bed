namespace Overseer.Faults;

/// <summary>One change of a job's status or lease, written by a trigger inside the transaction that made it.</summary>
internal sealed record Transition
{
    public required long Seq { get; init; }

    public required DateTime At { get; init; }

    public required long Run { get; init; }

    public required int No { get; init; }

    public required JobStatus From { get; init; }

    public required JobStatus To { get; init; }

    public required long LeaseBefore { get; init; }

    public required long Lease { get; init; }

    public required int? Worker { get; init; }

    public required int AttemptBefore { get; init; }

    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    public required int LossesBefore { get; init; }

    public required int Losses { get; init; }

    /// <summary>Faults and snoozes.</summary>
    public required int TriesBefore { get; init; }

    public required int Tries { get; init; }

    public required int Waiting { get; init; }

    public required DateTime RunAt { get; init; }

    /// <summary>Whether the worker that holds it, or held it, was alive for the store.</summary>
    public required bool IsWorkerKnown { get; init; }

    /// <summary>When its transaction began, which is what the store takes for now.</summary>
    public required DateTime Began { get; init; }

    public (long Run, int No) Job => (Run, No);

    /// <summary>A worker lost its hold without having said how the attempt ended.</summary>
    public bool IsLoss => Losses > LossesBefore;

    public override string ToString() => $"#{Seq} {Run}-{No} {From}→{To} lease {LeaseBefore}→{Lease} worker {Worker} attempt {Attempt} losses {Losses} waiting {Waiting} at {At:HH:mm:ss.fff}";
}
