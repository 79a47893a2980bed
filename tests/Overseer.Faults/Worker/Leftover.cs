using Microsoft.Extensions.DependencyInjection;

namespace Overseer.Faults;

/// <summary>A task that a handler leaves running, and that uses the attempt's context when the attempt is long over.</summary>
internal static class Leftover
{
    public static void Leave(JobContext job, Action<string, JobContext> tell, Gates gates) => _ = Task.Run(async () =>
    {
        await gates.WaitAsync("leftover", CancellationToken.None);
        Action[] uses =
        [
            () => job.Abort("too late"), () => job.AbortSilently("too late"), () => job.Fault("too late"), () => job.Snooze(TimeSpan.Zero), () => JobControl.Abort("too late"),
            () => job.Services.GetRequiredService<WorkerServices.PerAttempt>(),
        ];
        foreach (var use in uses)
        {
            try
            {
                use();
                tell("late-use", job);
            }
            catch (Exception)
            {
                // Refused.
            }
        }

        tell("late", job);
        throw new InvalidOperationException("Nobody looks at this.");
    });
}
