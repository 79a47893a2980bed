namespace Overseer.Simulation.Tests;

/// <summary>How often the way to the store fails.</summary>
internal sealed class Weather(Stage stage)
{
    private readonly double fails = stage.Random.Next(4) * 0.04;

    private readonly double delays = stage.Random.Next(4) * 0.1;

    private readonly double refuses = stage.Random.Next(3) == 0 ? 0.02 : 0;

    /// <summary>From then on nothing fails.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Zero more often than not; now and then longer than a lease.</summary>
    public TimeSpan Delay() =>
        IsCalm || !stage.Chance(delays) ? TimeSpan.Zero
        : stage.Chance(0.05) ? stage.Milliseconds(1000, 8000)
        : stage.Milliseconds(1, 600);

    public void Fail(string when)
    {
        if (IsCalm) return;
        if (stage.Chance(fails)) throw new StoreFault(isTransient: true, when);
        if (stage.Chance(refuses)) throw new StoreFault(isTransient: false, when);
    }
}
