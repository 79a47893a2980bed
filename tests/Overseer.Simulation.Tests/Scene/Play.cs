using Overseer.Model;
using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>One play: a few workers, one store, some runs, and all that goes wrong, from one seed.</summary>
internal sealed class Play
{
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private readonly int seed;

    private readonly Stage stage;

    private readonly Backstage back;

    private readonly Company company;

    private readonly Client client;

    private Play(int seed, Cast cast)
    {
        this.seed = seed;
        stage = new Stage(seed);
        var options = new OverseerOptions
        {
            Concurrency = stage.Random.Next(1, 4),
            DetectorSleep = TimeSpan.FromMilliseconds(250),
            IdleSleep = TimeSpan.FromSeconds(1),
            HeartbeatSleep = TimeSpan.FromSeconds(1),
            HeartbeatTolerance = stage.Random.Next(4, 7),
            LossLimit = stage.Random.Next(1, 4),
            FaultLimit = 3,
            SnoozeLimit = 3,
            DrainTime = TimeSpan.FromSeconds(2),
            MaxPrefetch = stage.Random.Next(0, 4),
        };
        var server = stage.NewActor("store");
        IJobStore store = cast.IsModel
            ? new ModelStore(stage.Time, cast.Flaw) { Pause = () => Task.Delay(stage.Milliseconds(0, 1500), stage.Time) }
            : new InMemoryJobStore(stage.Time);
        var history = new History(stage, store, options.LossLimit, cast.IsTold);
        back = new Backstage(stage, server, store, history, new Weather(stage), new Waiters(stage), cast.Twist);
        company = new Company(back, new Handler(stage, history), options);
        client = new Client(back);
    }

    /// <summary>Plays one seed to its end.</summary>
    public static Outcome Run(int seed, Cast cast)
    {
        var play = new Play(seed, cast);
        // A test's own context would take continuations off the stage.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return play.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private Outcome Run()
    {
        for (var workers = stage.Random.Next(2, 4); workers > 0; workers--) company.Start(handlesAll: workers < 3);
        client.Start();
        for (var trouble = stage.Random.Next(0, 10); trouble > 0; trouble--) stage.Time.After(stage.Milliseconds(0, (int)Storm.TotalMilliseconds), Happen);
        stage.Time.After(Storm, () => back.Weather.IsCalm = true);
        while (back.History.Breach is null && stage.Time.Elapsed < Longest && !(client.IsDone && back.History.AllEnded) && stage.Step())
        {
        }

        if (back.History.Breach is null) back.History.Close(client.Answered);
        if (stage.Left is { } left) throw new InvalidOperationException($"In play {seed} something went on on another thread, so that it cannot be repeated: {left}");
        return new Outcome(seed, back.History.Breach, stage.Steps, stage.Time.Elapsed, back.History);
    }

    private void Happen()
    {
        var choice = stage.Random.Next(100);
        switch (stage.Random.Next(9))
        {
            case 0 or 1 or 2: company.Kill(choice); break;
            case 3 or 4 or 5: company.Freeze(choice, stage.Milliseconds(200, 12_000)); break;
            case 6: company.Stop(choice); break;
            case 7: client.Cancel(choice); break;
            default: client.Retry(choice); break;
        }
    }
}
