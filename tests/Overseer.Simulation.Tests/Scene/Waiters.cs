namespace Overseer.Simulation.Tests;

/// <summary>Those who wait for a hint that something changed.</summary>
internal sealed class Waiters(Stage stage)
{
    private readonly List<TaskCompletionSource> waiting = [];

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource();
        waiting.Add(source);
        using var timer = stage.Time.CreateTimer(_ => source.TrySetResult(), null, atMost, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(_ => source.TrySetCanceled(cancellationToken), null);
        await source.Task;
    }

    /// <summary>A hint may get lost.</summary>
    public void Wake()
    {
        if (waiting.Count == 0 || stage.Chance(0.3)) return;
        TaskCompletionSource[] all = [.. waiting];
        waiting.Clear();
        foreach (var source in all) source.TrySetResult();
    }
}
