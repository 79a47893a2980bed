using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>The process of a worker that is on the stage.</summary>
internal sealed class StagedProcess(Stage stage, Actor actor, Twist twist) : WorkerProcess
{
    public override Random Random => stage.Random;

    public override WorkerId NewId() => twist == Twist.IdsReused ? new WorkerId(new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])) : stage.NewId();

    public override Task Run(Func<Task> loop) => actor.Run(loop);

    public override Task CancelAsync(CancellationTokenSource source) => actor.Run(source.Cancel);

    public override Func<TimeSpan, bool> StartThread(string name, TimeSpan every, Action act, CancellationToken until)
    {
        var isActing = false;
        if (twist != Twist.BeatsUnwatched || !name.EndsWith("watch", StringComparison.Ordinal)) stage.Time.After(every, Tick);
        return _ => !isActing;

        void Tick() => actor.Run(Act);

        void Act()
        {
            if (until.IsCancellationRequested) return;
            isActing = true;
            act();
            isActing = false;
            if (!actor.IsDead) stage.Time.After(every, Tick);
        }
    }
}
