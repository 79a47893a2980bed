namespace Overseer.Faults;

internal sealed partial class Checker
{
    private void CheckHandlers()
    {
        var given = transitions.Where(step => step.To == JobStatus.Started).Select(step => (step.Job, step.Lease)).ToHashSet();
        var starts = history.Where(entry => entry.Op == "start").Select(entry => (Job: JobOf(entry.Job), entry.Lease, entry.Actor)).ToList();
        foreach (var start in starts)
        {
            if (!given.Contains((start.Job, start.Lease)) && state.Statuses.ContainsKey(start.Job)) Violate("I9", $"{start.Actor} ran {Name(start.Job)} under lease {start.Lease}, which was never given");
        }

        foreach (var twice in starts.GroupBy(start => (start.Job, start.Lease)).Where(group => group.Count() > 1))
            Violate("I9", $"{Name(twice.Key.Job)} ran {twice.Count()} times under lease {twice.Key.Lease}, by {string.Join(", ", twice.Select(start => start.Actor))}");
        foreach (var runs in starts.GroupBy(start => start.Job))
        {
            // What ended a hold otherwise than for good: a loss, a release, a postponement, a try that failed with tries left, a cancel.
            var givenBack = lives.GetValueOrDefault(runs.Key)?.Count(step => step.From == JobStatus.Started && step.To == JobStatus.Unstarted) ?? 0;
            var retries = retried.Contains(runs.Key.Run) ? 1000 : 0;
            if (runs.Count() - 1 > givenBack + retries) Violate("I9", $"{Name(runs.Key)} ran {runs.Count()} times, though it was put back {givenBack} times");
        }

        foreach (var worker in history.Where(entry => entry.Op is "start" or "end" or "threw" or "cancelled").GroupBy(entry => entry.Actor))
        {
            if (!expected.Concurrency.TryGetValue(worker.Key, out var limit)) continue;
            var (running, most) = (0, 0);
            foreach (var entry in worker)
            {
                running += entry.Op == "start" ? 1 : -1;
                most = Math.Max(most, running);
            }

            if (most > limit) Violate("I11", $"{worker.Key} ran {most} handlers at once, of {limit}");
        }

        foreach (var entry in history.Where(entry => entry.Op == "overtaken")) Violate("I11", $"{entry.Actor} was given {entry.Result}");
    }

    private void CheckAnswers()
    {
        foreach (var entry in history.Where(entry => entry.Op == "ended"))
        {
            var job = JobOf(entry.Job);
            if (!lives.TryGetValue(job, out var life)) continue;
            var said = entry.Result.Split(' ');
            var ended = life.FirstOrDefault(step => step.From == JobStatus.Started && step.LeaseBefore == entry.Lease);
            if (said[1] == "stale")
            {
                if (ended is { To: JobStatus.Finished }) Violate("I7", $"{entry.Actor} was told that its {said[0]} of {entry.Job} under lease {entry.Lease} is stale, but it was taken: {ended}");
            }
            else if (ended is null)
            {
                Violate("I7", $"{entry.Actor} was told that its {said[0]} of {entry.Job} under lease {entry.Lease} was taken, but it changed nothing");
            }
            else if (said[1] == "finished" && ended.To != JobStatus.Finished)
            {
                Violate("I7", $"{entry.Actor} was told that {entry.Job} finished under lease {entry.Lease}, but: {ended}");
            }
        }

        foreach (var entry in history.Where(entry => entry.Result.Contains("40P01", StringComparison.Ordinal))) Violate("I13", $"{entry.Actor} met a deadlock in {entry.Op} {entry.Job}: {entry.Result}");
        if (state.Deadlocks > expected.Deadlocks) Violate("I13", $"the server resolved {state.Deadlocks} deadlocks");
    }
}
