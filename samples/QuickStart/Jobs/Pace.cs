using Overseer;
using QuickStart;

[assembly: Harness<Pace>]

namespace QuickStart;

/// <summary>Holds every job back a moment, only so that there is something to watch: the work itself takes milliseconds.</summary>
public sealed class Pace(CommandLine commandLine) : IJobHarness
{
    /// <summary>Waits, then runs the stage.</summary>
    public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
    {
        await Task.Delay(commandLine.Pace, job.CancellationToken);
        return await stage(job);
    }
}
