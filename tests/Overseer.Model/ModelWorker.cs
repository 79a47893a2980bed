using Overseer.Stores;

namespace Overseer.Model;

/// <summary>A worker that is not taken for dead.</summary>
public sealed record ModelWorker(WorkerId Id, string Label, TimeSpan LeaseTime, DateTimeOffset BeatAt);
