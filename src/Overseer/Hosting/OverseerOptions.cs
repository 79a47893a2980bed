namespace Overseer;

/// <summary>How workers and clients behave. Bound from the configuration section <c>Overseer</c> and checked at start.</summary>
public sealed class OverseerOptions
{
    /// <summary>How many handlers run at once. Default: the number of processors. Range: 1 to 10,000.</summary>
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>The first wait between two looks for ready jobs when there were none; doubles up to <see cref="IdleSleep"/>. Default: 100 ms. Range: 1 ms to 1 hour.</summary>
    public TimeSpan DetectorSleep { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two looks for ready jobs. Default: 2 s. Range: <see cref="DetectorSleep"/> to 1 hour.</summary>
    public TimeSpan IdleSleep { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The time between two heartbeats, and between two looks of the monitor for dead workers. Default: 15 s. Range: 50 ms to 1 hour.</summary>
    public TimeSpan HeartbeatSleep { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many heartbeats may be missed before a worker is taken for dead. Default: 4. Range: 3 to 100: handlers are cancelled when 60 % of the lease time is over, and one late heartbeat must not be enough.</summary>
    public int HeartbeatTolerance { get; set; } = 4;

    /// <summary>How long a worker keeps its jobs without a heartbeat: <see cref="HeartbeatSleep"/> × <see cref="HeartbeatTolerance"/>.</summary>
    public TimeSpan LeaseTime => HeartbeatSleep * HeartbeatTolerance;

    /// <summary>What happens when the monitor that resets dead jobs fails. Default: <see cref="MonitorFailureAction.Continue"/>.</summary>
    public MonitorFailureAction MonitorFailure { get; set; } = MonitorFailureAction.Continue;

    /// <summary>How long a shutdown lets running handlers finish before it cancels them. In a host, <see cref="OverseerBuilder.AddWorker"/> raises <c>HostOptions.ShutdownTimeout</c> to this and ten seconds, if it is less. Default: 20 s. Range: 0 to 1 day.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many workers may die holding a job before it fails with <c>worker_lost</c>. Default: 3. Range: 1 to 1,000.</summary>
    public int LossLimit { get; set; } = 3;

    /// <summary>How often a job may fault before it fails with <c>attempts_exhausted</c>. Default: 20. Range: 0 to 1,000,000.</summary>
    public int FaultLimit { get; set; } = 20;

    /// <summary>How often a job may snooze before it fails with <c>attempts_exhausted</c>. Default: 1,000. Range: 0 to 1,000,000.</summary>
    public int SnoozeLimit { get; set; } = 1000;

    /// <summary>The most jobs a worker holds ready beyond those it can start, when handlers are fast. Default: 500. Range: 0 to 10,000.</summary>
    public int MaxPrefetch { get; set; } = 500;

    /// <summary>The largest args or result, in bytes of UTF-8. Default: 1 MiB. Range: 1 KiB to 256 MiB.</summary>
    public int MaxPayloadBytes { get; set; } = GraphCheck.DefaultMaxPayloadBytes;

    /// <summary>What configuration holds and no option can take.</summary>
    internal IReadOnlyList<string> Malformed { get; set; } = [];
}
