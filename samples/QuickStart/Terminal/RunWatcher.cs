using Overseer;

namespace QuickStart;

/// <summary>Looks at a run again and again until it has ended, or the program is to stop.</summary>
internal sealed class RunWatcher(RunHandle run, OverseerOptions options, TimeProvider clock, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(80);

    /// <summary>Shows the run until then, and once more.</summary>
    public async Task WatchAsync(IRunView view)
    {
        while (true)
        {
            var ended = (await run.GetAsync()).Status != RunStatus.Active;
            view.Show(await LinesAsync());
            if (ended || stopping.IsCancellationRequested) return;
            await Task.Delay(Interval, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<JobLine>> LinesAsync()
    {
        var lines = new List<JobLine>();
        await foreach (var job in run.JobsAsync())
        {
            var took = job.Status == JobStatus.Unstarted ? null : (job.FinishedAt ?? clock.GetUtcNow()) - job.StartedAt;
            lines.Add(new JobLine(job.Type, job.Status, took, await JobNotes.OfAsync(run, job, options, clock)));
        }

        return lines;
    }
}
