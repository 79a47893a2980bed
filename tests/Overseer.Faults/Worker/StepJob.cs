namespace Overseer.Faults;

/// <summary>The job of the scenarios: works for a while, and then does what its args say, right or wrong.</summary>
internal static class StepJob
{
    public const string Type = "step";

    /// <summary>Starts of jobs, by their ids, are told to the history.</summary>
    public static JobHandlerMap Handlers(IEnumerable<string> types, Action<string, string, int> tell, Gates gates)
    {
        var handlers = new JobHandlerMap();
        foreach (var type in types)
        {
            handlers = handlers.With<StepArgs, int>(type, async (job, args, cancellationToken) =>
            {
                tell("start", job.Id.Value, job.Attempt);
                try
                {
                    if (args.Milliseconds > 0) await Task.Delay(args.Milliseconds, cancellationToken);
                    await ActAsync(args.Act, job, gates, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    tell("cancelled", job.Id.Value, job.Attempt);
                    throw;
                }
                catch
                {
                    tell("threw", job.Id.Value, job.Attempt);
                    throw;
                }

                tell("end", job.Id.Value, job.Attempt);
                return args.Milliseconds;
            });
        }

        return handlers;
    }

    /// <summary>For those who only insert and look.</summary>
    public static JobHandlerMap Known(params string[] types) => Handlers(types.Length == 0 ? [Type] : types, (_, _, _) => { }, new Gates());

    private static async Task ActAsync(string act, JobContext job, Gates gates, CancellationToken cancellationToken)
    {
        switch (act)
        {
            case "":
                return;
            case "throw":
                throw new InvalidOperationException("The step was told to throw.");
            case "throw-unless-lost":
                if (job.Losses == 0) throw new InvalidOperationException("The step was told to throw.");
                return;
            case "abort":
                throw job.Abort("The step was told to abort.");
            case "abort-unless-lost":
                if (job.Losses == 0) throw job.Abort("The step was told to abort.");
                return;
            case "gate-if-lost":
                if (job.Losses > 0) await gates.WaitAsync(job.Id.Value, cancellationToken);
                return;
            case "fault":
                throw job.Fault("The step was told to fault.");
            case "fault-once":
                if (gates.IsFirst(job.Id.Value)) throw job.Fault("The step was told to fault once.", TimeSpan.FromMilliseconds(50));
                return;
            case "snooze-once":
                if (gates.IsFirst(job.Id.Value)) throw job.Snooze(TimeSpan.FromMilliseconds(50));
                return;
            case "throw-once":
                if (gates.IsFirst(job.Id.Value)) throw new InvalidOperationException("The step was told to throw once.");
                return;
            case "snooze":
                throw job.Snooze(TimeSpan.FromMilliseconds(20));
            case "fail-fast":
                Environment.FailFast("The step was told to take its process down.");
                return;
            case "overflow":
                Overflow(0);
                return;
            case "gate":
                await gates.WaitAsync(job.Id.Value, cancellationToken);
                return;
            case "gate-deaf":
                await gates.WaitAsync(job.Id.Value, CancellationToken.None);
                return;
            case "stuck":
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return;
            case "spin":
                SpinFor(TimeSpan.FromMilliseconds(500));
                return;
            case "block":
                Thread.Sleep(500);
                return;
            default:
                throw new ArgumentException($"'{act}' is nothing that a step can do.");
        }
    }

    private static int Overflow(int depth)
    {
        Span<byte> room = stackalloc byte[1024];
        room[depth % 1024] = 1;
        return Overflow(depth + 1) + room[0];
    }

    private static void SpinFor(TimeSpan time)
    {
        var until = HistoryEntry.Now + time.TotalSeconds;
        while (HistoryEntry.Now < until) Thread.SpinWait(1000);
    }
}
