namespace Overseer.Simulation.Tests;

/// <summary>What handlers do in a play: take some time, heed their token or not, and end in every way there is.</summary>
internal sealed class Handler(Stage stage, History history)
{
    private readonly double badShare = stage.Random.Next(4) * 0.15;

    private readonly bool isFast = stage.Chance(0.3);

    public JobHandlerMap Map(IEnumerable<string> types) => types.Aggregate(new JobHandlerMap(), (map, type) => map.With(type, RunAsync));

    private async Task RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        var lease = job.Lease;
        var (end, time, heeds) = (stage.Chance(badShare) ? stage.Random.Next(1, 6) : 0, Time(), stage.Chance(0.8));
        history.Began(lease, cancellationToken);
        try
        {
            if (time > TimeSpan.Zero) await Task.Delay(time, stage.Time, heeds ? cancellationToken : CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            history.Stopped(lease, "by its token");
            throw;
        }

        history.Stopped(lease, $"with {end}");
        switch (end)
        {
            case 1: throw new InvalidOperationException("It went wrong.");
            case 2: throw job.Abort("It makes no sense.");
            case 3: throw job.AbortSilently("It is not needed.");
            case 4: throw job.Fault("It will pass.", stage.Milliseconds(0, 3000));
            case 5: throw job.Snooze(stage.Milliseconds(0, 3000));
        }
    }

    private TimeSpan Time() =>
        isFast ? stage.Milliseconds(0, 40)
        : stage.Random.Next(10) switch
        {
            < 3 => TimeSpan.Zero,
            < 9 => stage.Milliseconds(1, 2000),
            _ => stage.Milliseconds(3000, 12_000),
        };
}
