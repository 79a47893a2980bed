namespace Overseer.Faults;

/// <summary>The job of the scenarios: works for a while, and then does what its args say, right or wrong.</summary>
internal static class StepJob
{
    public const string Type = "step";

    private static readonly TimeSpan Stint = TimeSpan.FromMilliseconds(500);

    /// <summary>What becomes of jobs is told to the history.</summary>
    public static JobHandlerMap Handlers(IEnumerable<string> types, Action<string, JobContext> tell, Gates gates)
    {
        var handlers = new JobHandlerMap();
        foreach (var type in types)
        {
            if (type == NeedyJob.TypeName)
            {
                handlers = JobHandlerMap.Combine(handlers, new JobHandlerMap(new NeedyJob(tell)));
                continue;
            }

            handlers = handlers.With<StepArgs, int>(type, async (job, args, cancellationToken) =>
            {
                tell("start", job);
                try
                {
                    if (args.Milliseconds > 0) await Task.Delay(args.Milliseconds, cancellationToken);
                    await ActAsync(args.Act, job, tell, gates, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    tell("cancelled", job);
                    throw;
                }
                catch
                {
                    tell("threw", job);
                    throw;
                }

                tell("end", job);
                return args.Milliseconds;
            });
        }

        return handlers;
    }

    /// <summary>For those who only insert and look.</summary>
    public static JobHandlerMap Known(params string[] types) => Handlers(types.Length == 0 ? [Type] : types, (_, _) => { }, new Gates());

    private static async Task ActAsync(string act, JobContext job, Action<string, JobContext> tell, Gates gates, CancellationToken cancellationToken)
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
                Hog.Overflow(0);
                return;
            case "exhaust":
                Hog.Exhaust();
                return;
            case "gate":
                await gates.WaitAsync(job.Id.Value, cancellationToken);
                return;
            case "gate-deaf":
                await gates.WaitAsync(job.Id.Value, CancellationToken.None);
                return;
            case "gate-block":
                gates.WaitAsync(job.Id.Value, CancellationToken.None).GetAwaiter().GetResult();
                return;
            case "spin":
                Hog.Spin(Stint);
                return;
            case "block":
                Thread.Sleep(Stint);
                return;
            case "block-long":
                Thread.Sleep(10 * Stint);
                return;
            case "churn":
                Hog.Churn(Stint);
                return;
            case "fault-soon":
                throw job.Fault("The step was told to fault.", TimeSpan.FromMilliseconds(10));
            case "fault-while-down":
                if (gates.IsDown) throw job.Fault("What the step needs is down.");
                return;
            case "throw-while-down":
                if (gates.IsDown) throw new InvalidOperationException("What the step needs is down.");
                return;
            case "leave-behind":
                if (job.Attempt == 1)
                {
                    Leftover.Leave(job, tell, gates);
                    throw new InvalidOperationException("The step was told to throw at its first attempt.");
                }

                await gates.WaitAsync(job.Id.Value, cancellationToken);
                return;
            case "leave-behind-and-finish":
                Leftover.Leave(job, tell, gates);
                return;
            default:
                throw OddException.Find(act) ?? new ArgumentException($"'{act}' is nothing that a step can do.");
        }
    }
}
