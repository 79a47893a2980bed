using System.Net;
using System.Net.Sockets;

namespace Overseer.Faults;

/// <summary>F46, F69, F70: what workers have around them: handlers of one version, reporters, services.</summary>
internal static class Surroundings
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F46", "Jobs of a type that no worker has a handler for", UnknownTypeAsync),
        new("F69", "Reporters hang, and block their threads", arena => ReportAsync(arena, ["hang", "block"])),
        new("F69b", "Reporters throw and are slow, and another one reports", ThrowingAsync),
        new("F69c", "Sentry takes connections and never answers", SilentSentryAsync),
        new("F70", "Services are missing, throw when they are made, or live too short", ServicesAsync),
    ];

    private static async Task UnknownTypeAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var builder = new JobGraphBuilder("newer");
        var first = builder.Add(Graphs.New(0, "", 1));
        var newer = builder.Add(Graphs.New(0, "gate", 1, "other"), first);
        builder.Add(Graphs.New(0, "", 1), newer);
        var run = await arena.InsertAsync(builder.Build());
        var id = JobId.For(run.Id, 1);
        await IsAsync(arena, id, JobCondition.WaitingForDependencies);
        var old = await arena.StartWorkerAsync();
        await NobodyAsync(arena, id);
        // Nor is it given back wrongly, or failed, when one who could run it dies.
        var able = await arena.StartWorkerAsync(settings => settings with { Types = ["other"] });
        await able.HearAsync("start");
        await IsAsync(arena, id, JobCondition.Started);
        await able.KillAsync();
        await NobodyAsync(arena, id);
        var more = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 5));
        await Arena.UntilAsync("the old worker goes on", async () => (await more.GetAsync()).Status == RunStatus.Finished);
        await NobodyAsync(arena, id);
        Arena.Require((await arena.Queries.CountBacklogAsync()).Single() is { Type: "other", Ready: 1, Started: 0, ReadySince: not null }, "the backlog shows it");
        Arena.Require((await arena.Store.GetJobAsync(id))!.Losses == 1, "its one loss is counted");
        var next = await arena.StartWorkerAsync(settings => settings with { Types = [StepJob.Type, "other"] });
        next.Say("open *");
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
        Arena.Require(!old.Lines.Any(line => line.EndsWith(id.Value, StringComparison.Ordinal)), "the old worker never had it");
        Arena.Require(!arena.History().Any(entry => entry.Actor == "w1" && entry.Op == "claim" && entry.Job == id.Value), "the old worker never claimed it");
    }

    private static async Task NobodyAsync(Arena arena, JobId job)
    {
        var told = await IsAsync(arena, job, JobCondition.NoWorkerOfType);
        Arena.Require(told.Message.Contains("'other'", StringComparison.Ordinal) && told.Workers == 0, $"it says which type: {told.Message}");
    }

    private static async Task<JobExplanation> IsAsync(Arena arena, JobId job, JobCondition condition)
    {
        JobExplanation? told = null;
        await Arena.UntilAsync($"it is explained as {condition}", async () => (told = await arena.Queries.ExplainAsync(job))!.Condition == condition);
        return told!;
    }

    private static async Task ReportAsync(Arena arena, string[] reporters)
    {
        await arena.StartDatabaseAsync();
        // More than the queue takes, which is a thousand and the one that is being reported.
        var bad = await arena.InsertAsync(Graphs.Loose(1300, act: "throw"));
        var worker = await arena.StartWorkerAsync(settings => settings with { Reporters = reporters, Concurrency = 16, BeatMilliseconds = 200, Tolerance = 25 });
        await worker.HearAsync("start");
        var good = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 6, longest: 5));
        await arena.WaitAsync();
        Arena.Require((await bad.GetAsync()).Failed == 1300 && (await good.GetAsync()).Status == RunStatus.Finished, "all jobs ended as they should");
        var dropped = arena.History().Count(entry => entry is { Op: "log", Job: "ReportDropped" });
        Arena.Require(dropped is >= 290 and <= 300, $"what the queue does not hold is dropped, and logged: {dropped}");
        Arena.Require(!arena.History().Any(entry => entry is { Op: "log", Job: "LeasesInDoubt" or "BeatFailed" }), "beats landed all the time");
        await StopsAsync(worker);
    }

    private static async Task StopsAsync(WorkerProcess worker)
    {
        var asked = HistoryEntry.Now;
        Arena.Require(await worker.StopAsync() == 0, "the worker ends well");
        Arena.Require(HistoryEntry.Now - asked < 9, $"it waits for no reporter longer than for handlers: {HistoryEntry.Now - asked:F1} s");
    }

    private static async Task ThrowingAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        const int Jobs = 20;
        await arena.InsertAsync(Graphs.Loose(Jobs, act: "throw"));
        var worker = await arena.StartWorkerAsync(settings => settings with { Reporters = ["throw", "slow", "tell"] });
        await arena.WaitAsync();
        await Arena.UntilAsync("each failure is reported, by the one who does", () => Task.FromResult(arena.History().Where(entry => entry.Op == "reported").Select(entry => entry.Job).Distinct().Count() == Jobs));
        Arena.Require(arena.History().Count(entry => entry is { Op: "log", Job: "ReportFailed" }) == Jobs, "each report that failed is logged");
        await StopsAsync(worker);
    }

    private static async Task SilentSentryAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await arena.InsertAsync(Graphs.Loose(200, act: "throw"));
        var worker = await arena.StartWorkerAsync(settings => settings with { Reporters = [$"http://key@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/1"] });
        using var connection = await silent.AcceptSocketAsync();
        await arena.WaitAsync();
        var good = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 6, longest: 5));
        await arena.WaitAsync();
        Arena.Require((await good.GetAsync()).Status == RunStatus.Finished, "jobs go on");
        await StopsAsync(worker);
    }

    private static async Task ServicesAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        (string Act, string Says)[] bad = [("missing", "Missing"), ("incomplete", "Missing"), ("throwing", "told to throw"), ("captive", "PerAttempt"), ("disposed-badly", "told to throw when it is disposed")];
        var client = new OverseerClient(arena.Store, StepJob.Known(StepJob.Type, NeedyJob.TypeName));
        var run = await arena.InsertAsync(JobGraph.Of([.. bad.Select(each => Graphs.New(0, each.Act, 1, NeedyJob.TypeName)), Graphs.New(0, "", 1, NeedyJob.TypeName), Graphs.New(0, "", 1)]), client);
        var worker = await arena.StartWorkerAsync(settings => settings with { Types = [StepJob.Type, NeedyJob.TypeName], Concurrency = 2 });
        await arena.WaitAsync();
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        for (var i = 0; i < bad.Length; i++)
        {
            Arena.Require(jobs[i] is { Status: JobStatus.Failed, Reason: JobReason.Exception, Losses: 0 }, $"{bad[i].Act}: the job failed; it is {jobs[i].Status} {jobs[i].Reason}");
            Arena.Require(jobs[i].Failure!.Message.Contains(bad[i].Says, StringComparison.Ordinal), $"{bad[i].Act}: the reason can be read: {jobs[i].Failure!.Message}");
        }

        Arena.Require(jobs.Skip(bad.Length).All(job => job.Status == JobStatus.Finished), "other jobs finished");
        Arena.Require(!worker.HasExited && await worker.StopAsync() == 0, "the worker goes on");
    }
}
