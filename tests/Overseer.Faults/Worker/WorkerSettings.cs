using System.Text.Json;

namespace Overseer.Faults;

/// <summary>How a worker process is to be; travels as JSON on its command line.</summary>
internal sealed record WorkerSettings
{
    /// <summary>What it is: <c>worker</c>, or <c>client</c>, which inserts one graph and ends.</summary>
    public string Program { get; init; } = "worker";

    /// <summary>Its name in histories.</summary>
    public string Name { get; init; } = "worker";

    /// <summary>A Postgres connection string, or the path of a SQLite file.</summary>
    public string Store { get; init; } = "";

    public string History { get; init; } = "";

    public int Concurrency { get; init; } = 4;

    public int BeatMilliseconds { get; init; } = 100;

    public int Tolerance { get; init; } = 10;

    public int PollMilliseconds { get; init; } = 50;

    public int IdleMilliseconds { get; init; } = 200;

    public int DrainMilliseconds { get; init; } = 2000;

    public int LossLimit { get; init; } = 3;

    public int FaultLimit { get; init; } = 20;

    public int SnoozeLimit { get; init; } = 1000;

    public int MaxPrefetch { get; init; } = 500;

    public bool Listen { get; init; } = true;

    public bool Prepare { get; init; } = true;

    /// <summary>Whether it is started again while its store is not to be had when it starts.</summary>
    public bool StartsAgain { get; init; } = true;

    /// <summary>The job types that it has handlers for.</summary>
    public string[] Types { get; init; } = [StepJob.Type];

    /// <summary>Where it reports failures to; see <see cref="BadReporter"/>. A DSN is that of Sentry.</summary>
    public string[] Reporters { get; init; } = [];

    /// <summary>After how long the server ends a transaction that it hears nothing of, where half a minute is too long to wait.</summary>
    public string? IdleLimit { get; init; }

    /// <summary>How many jobs a client inserts.</summary>
    public int Jobs { get; init; }

    /// <summary>Where it stops until the scenario says go; see <see cref="Breakpoints"/>.</summary>
    public string[] Breaks { get; init; } = [];

    /// <summary>A guard that it lacks; see <see cref="Twin"/>.</summary>
    public string? Twin { get; init; }

    public TimeSpan LeaseTime => TimeSpan.FromMilliseconds(BeatMilliseconds * Tolerance);

    public OverseerOptions ToOptions() => new()
    {
        Concurrency = Concurrency,
        DetectorSleep = TimeSpan.FromMilliseconds(PollMilliseconds),
        IdleSleep = TimeSpan.FromMilliseconds(IdleMilliseconds),
        HeartbeatSleep = TimeSpan.FromMilliseconds(BeatMilliseconds),
        HeartbeatTolerance = Tolerance,
        DrainTime = TimeSpan.FromMilliseconds(DrainMilliseconds),
        LossLimit = LossLimit,
        FaultLimit = FaultLimit,
        SnoozeLimit = SnoozeLimit,
        MaxPrefetch = MaxPrefetch,
    };

    public string ToJson() => JsonSerializer.Serialize(this);

    public static WorkerSettings FromJson(string json) => JsonSerializer.Deserialize<WorkerSettings>(json)!;
}
