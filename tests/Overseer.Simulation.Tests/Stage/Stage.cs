using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>Runs several processes on one thread: each step is one continuation that chance picks, and time passes when there is none. One seed is one play.</summary>
internal sealed class Stage(int seed)
{
    private readonly Thread thread = Thread.CurrentThread;

    private readonly List<Actor> actors = [];

    private int ids;

    private volatile string? left;

    public Random Random { get; } = new(seed);

    public StageTime Time { get; } = new();

    public long Steps { get; private set; }

    /// <summary>Where something went on on another thread, so that the play cannot be repeated.</summary>
    public string? Left => left;

    public Actor NewActor(string name)
    {
        var actor = new Actor(this, name);
        actors.Add(actor);
        return actor;
    }

    public WorkerId NewId() => new(new Guid(++ids, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    public bool Chance(double share) => Random.NextDouble() < share;

    public TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(Random.Next(from, to));

    public void CheckThread()
    {
        if (Thread.CurrentThread != thread) left ??= Environment.StackTrace;
    }

    /// <summary>One step; false if nothing will ever happen any more.</summary>
    public bool Step() => Step(long.MaxValue);

    /// <summary>Lets all go on for some time, inside a call that does not return before.</summary>
    public void Pump(TimeSpan time, Actor caller)
    {
        for (var until = Time.Ticks + time.Ticks; Time.Ticks < until || caller.IsFrozen;) Step(caller.IsFrozen ? long.MaxValue : until);
    }

    private bool Step(long until)
    {
        var ready = 0;
        foreach (var actor in actors) ready += actor.Ready;
        if (ready == 0) return Time.Advance(until);
        var pick = Random.Next(ready);
        foreach (var actor in actors)
        {
            if (pick < actor.Ready)
            {
                Steps++;
                actor.RunOne(pick);
                return true;
            }

            pick -= actor.Ready;
        }

        return true;
    }
}
