namespace Overseer.Faults;

/// <summary>F50, F51, F55: many failures, endless failures, and failures that are hard to write down.</summary>
internal static class Failures
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F50", "What all jobs need is down, and they fault together", arena => StormAsync(arena, "fault-while-down")),
        new("F50b", "What all jobs need is down, and their tries fail together", arena => StormAsync(arena, "throw-while-down")),
        new("F51", "Handlers snooze and fault for ever", EndlessAsync),
        new("F55", "Exceptions that are huge, deep, wide, nested or cannot be looked at", OddAsync),
    ];

    private static async Task StormAsync(Arena arena, string act)
    {
        const int Jobs = 200;
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Acts(Enumerable.Repeat(act, Jobs), maxAttempts: 10));
        var rounds = arena.IsLong ? 5 : 2;
        await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 16 });
        await Arena.UntilAsync(
            $"each has been put back {rounds} times",
            async () => await Db.CountAsync(arena.Database, $"SELECT count(*) FROM (SELECT no FROM test_log.transition WHERE from_status = 1 AND to_status = 0 GROUP BY no HAVING count(*) >= {rounds}) AS t") == Jobs, seconds: 120);
        await File.WriteAllTextAsync($"{arena.Folder}/up", "");
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "all finished once it was up");
        var steps = await TransitionLog.ReadAsync(arena.Database);
        // What is only given back is as due as it was.
        var delays = steps.Where(step => step.From == JobStatus.Started && step.To == JobStatus.Unstarted && step.RunAt > step.Began)
            .GroupBy(step => step.No)
            .SelectMany(job => job.Select((step, i) => (Round: i, Seconds: (step.RunAt - step.Began).TotalSeconds)))
            .ToLookup(delay => delay.Round, delay => delay.Seconds);
        for (var round = 0; round < rounds; round++)
        {
            // One second, doubled each time, of which between half and all is waited.
            var whole = Math.Pow(2, round);
            Arena.Require(delays[round].All(delay => delay >= whole / 2 && delay <= whole), $"round {round} waits between {whole / 2} and {whole} s: {delays[round].Min():F3} to {delays[round].Max():F3}");
            var most = Enumerable.Range(0, 10).Max(tenth => delays[round].Count(delay => delay >= whole * (0.5 + (tenth / 20.0)) && delay < whole * (0.5 + ((tenth + 1) / 20.0))));
            Arena.Require(most < Jobs / 4, $"round {round} is spread: at most {most} of {Jobs} in a tenth of the time");
        }

        // When they are due, not when they start: a worker that is held up starts what has piled up.
        var due = steps.Where(step => step.To == JobStatus.Unstarted && step.RunAt > step.Began).Select(step => step.RunAt).Order().ToList();
        var peak = due.Max(from => due.Count(at => at >= from && at < from.AddSeconds(0.25)));
        Arena.Require(peak < 0.75 * Jobs, $"at most {peak} jobs are due within a quarter of a second");
    }

    private static async Task EndlessAsync(Arena arena)
    {
        const int Snoozes = 5;
        const int Faults = 3;
        await arena.StartDatabaseAsync();
        var builder = new JobGraphBuilder("endless");
        builder.Add(Graphs.New(0, "", 1), builder.Add(Graphs.New(0, "snooze", 1)), builder.Add(Graphs.New(0, "fault-soon", 1)));
        var run = await arena.InsertAsync(builder.Build());
        await arena.StartWorkerAsync(settings => settings with { SnoozeLimit = Snoozes, FaultLimit = Faults });
        await arena.WaitAsync();
        // The one that depends on the others was added last, but is made first.
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        foreach (var (act, limit) in new[] { ("snooze", Snoozes), ("fault-soon", Faults) })
        {
            var job = jobs.Single(job => job.Args!.Contains($"\"{act}\"", StringComparison.Ordinal));
            Arena.Require(job is { Status: JobStatus.Failed, Reason: JobReason.AttemptsExhausted }, $"{act}: the job failed, and says that it was too often");
            Arena.Require(job.Failure is { Message.Length: > 0 }, $"{act}: it says what it said");
            var starts = arena.History().Count(entry => entry.Op == "start" && entry.Job == job.Id.Value);
            Arena.Require(starts == limit + 1, $"{act}: it ran {limit + 1} times; it was {starts}");
            Arena.Require((await arena.Queries.ExplainAsync(job.Id))!.Message.Contains("attempts_exhausted", StringComparison.Ordinal), $"{act}: it is explained");
        }

        Arena.Require(arena.History().Count(entry => entry is { Op: "log", Job: "JobFailed" } && entry.Result.Contains("attempts_exhausted", StringComparison.Ordinal)) == 2, "both are logged as failed");
    }

    private static async Task OddAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        string[] acts = ["throw-huge", "throw-deep", "throw-mute", "throw-wide", "throw-nested"];
        var run = await arena.InsertAsync(Graphs.Acts(acts));
        var worker = await arena.StartWorkerAsync(settings => settings with { BeatMilliseconds = 200, Tolerance = 25 });
        await arena.WaitAsync();
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        for (var i = 0; i < acts.Length; i++)
        {
            Arena.Require(jobs[i] is { Status: JobStatus.Failed, Reason: JobReason.Exception, Losses: 0 }, $"{acts[i]} failed by its exception; it is {jobs[i].Status} {jobs[i].Reason}");
            var failure = jobs[i].Failure!;
            Arena.Require(failure is { Message.Length: > 0 and <= 4000, Details.Length: > 0 and <= 16_000 }, $"{acts[i]}: message and details are there, and cut: {failure.Message.Length} and {failure.Details?.Length}");
            Arena.Require(!failure.Message.Contains('\0', StringComparison.Ordinal) && failure.Exception is { Length: > 0 }, $"{acts[i]}: it is clean, and names the exception");
        }

        Arena.Require(jobs[0].Failure!.Message.EndsWith('…'), "what is cut says so");
        Arena.Require(jobs[2].Failure!.Message.Contains("cannot be read", StringComparison.Ordinal), "what cannot be looked at says so");
        Arena.Require(jobs[4].Failure!.Message.Contains($"around {OddException.Frames - 1}", StringComparison.Ordinal), "the outermost message is kept");
        Arena.Require(jobs[4].Failure!.Details!.Contains("the innermost", StringComparison.Ordinal), "so is the innermost");
        var (threw, ended) = (At("threw"), At("ended"));
        Arena.Require(ended - threw < 5, $"it is written down at once: in {ended - threw:F1} s");
        Arena.Require(!worker.HasExited, "the worker goes on");

        double At(string op) => arena.History().First(entry => entry.Op == op && entry.Job == jobs[4].Id.Value).Mono;
    }
}
