namespace Overseer.Stores.Tests;

/// <summary>One thing that may happen to a store; what it is about is chosen by numbers from what is there at that time.</summary>
public abstract record StoreAction
{
    public sealed record Insert(int Jobs, int Edges, int MaxAttempts, int Key) : StoreAction;

    public sealed record StartWorker(int LeaseSeconds) : StoreAction;

    public sealed record Reserve(int Worker, int Slots, int Prefetch, int Types) : StoreAction;

    /// <summary>Ends one or more leases, of which some may be stale long since.</summary>
    public sealed record EndJobs(int Lease, int Count, int Kind) : StoreAction;

    /// <summary>Ends leases and takes what that makes ready.</summary>
    public sealed record EndAndReserve(int Lease, int Count, int Kind, int Worker, int Slots, int Types) : StoreAction;

    public sealed record InsertMany(int Graphs, int Jobs, int Edges, int Key) : StoreAction;

    public sealed record Beat(int Worker) : StoreAction;

    public sealed record Retire(int Worker) : StoreAction;

    public sealed record Pass(int Seconds) : StoreAction;

    public sealed record Sweep(int LossLimit, int Page) : StoreAction;

    public sealed record CancelRun(int Run) : StoreAction;

    public sealed record CancelJob(int Run, int Number) : StoreAction;

    public sealed record RetryFailed(int Run) : StoreAction;
}
