namespace Overseer.Stores;

/// <summary>What a worker tells the store when it starts.</summary>
/// <param name="Id">Its fresh id.</param>
/// <param name="Label">A name for people, such as host and process id; at most 200 characters.</param>
/// <param name="LeaseTime">How long after its last beat it may be taken for dead.</param>
public sealed record WorkerRegistration(WorkerId Id, string Label, TimeSpan LeaseTime)
{
    /// <summary>The job types that it has handlers for, for those who ask why a job does not run; null if it does not tell.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}
