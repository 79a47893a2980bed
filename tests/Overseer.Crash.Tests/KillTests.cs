using Overseer.Crash.Worker;
using Xunit;

namespace Overseer.Crash.Tests;

public sealed class KillTests : IDisposable
{
    private const string Key = "layers";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("overseer-crash-");

    private string File => Path.Combine(folder.FullName, "jobs.db");

    public static TheoryData<int> Seeds
    {
        get
        {
            // OVERSEER_SOAK=1 (./test --soak) goes on for longer.
            var seeds = Environment.GetEnvironmentVariable("OVERSEER_SOAK") == "1" ? 20 : 1;
            return [.. Enumerable.Range(1, seeds)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Twenty_kills_in_a_run_of_a_thousand_jobs_lose_nothing_and_finish_none_twice(int seed)
    {
        await InsertAsync(layers: 50, width: 20, longest: 12, seed);
        var random = new Random(seed);
        var heard = new List<string>();
        for (var kill = 0; kill < 20; kill++)
        {
            using var worker = new WorkerProcess(File);
            // A random number of lines, a start or an end, is a random moment of the run.
            await worker.HearAsync(random.Next(1, 90));
            await worker.KillAsync();
            heard.AddRange(worker.Lines);
        }

        using var last = new WorkerProcess(File, Key);
        await last.WaitAsync();
        Assert.True(last.ExitCode == 0, last.Errors);
        heard.AddRange(last.Lines);
        Check(1000, heard);
        Assert.True(TransitionCount("started", "unstarted") > 0, "No kill hit a running job.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Three_processes_on_one_file_that_are_killed_in_turn_lose_nothing_and_finish_none_twice(int seed)
    {
        await InsertAsync(layers: 20, width: 30, longest: 60, seed);
        var random = new Random(seed);
        var heard = new List<string>();
        var workers = Enumerable.Range(0, 3).Select(_ => new WorkerProcess(File)).ToArray();
        for (var kill = 0; kill < 9; kill++)
        {
            var victim = kill % workers.Length;
            await workers[victim].HearAsync(random.Next(1, 30));
            await workers[victim].KillAsync();
            heard.AddRange(workers[victim].Lines);
            workers[victim].Dispose();
            workers[victim] = new WorkerProcess(File, Key);
        }

        foreach (var worker in workers)
        {
            await worker.WaitAsync();
            Assert.True(worker.ExitCode == 0, worker.Errors);
            heard.AddRange(worker.Lines);
            worker.Dispose();
        }

        Check(600, heard);
        Assert.True(TransitionCount("started", "unstarted") > 0, "No kill hit a running job.");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task InsertAsync(int layers, int width, int longest, int seed)
    {
        await using var store = new SqliteJobStore(File);
        await new OverseerClient(store, StepJob.Handlers(_ => { })).TransactAsync(StepJob.Layers(layers, width, longest, seed, Key), TestContext.Current.CancellationToken);
        Transition.Watch(File);
    }

    private void Check(int jobs, IReadOnlyList<string> heard)
    {
        var transitions = Transition.ReadAll(File);

        // Nothing is lost, nothing finishes twice, and nothing leaves its end.
        var finished = transitions.Where(transition => transition.To == "finished").ToList();
        Assert.Equal(jobs, finished.Count);
        Assert.Equal(jobs, finished.DistinctBy(transition => transition.Number).Count());
        Assert.DoesNotContain(transitions, transition => transition.From is "finished" or "failed" or "aborted");
        Assert.Equal("finished", Transition.Scalar<string>(File, "select status from run_view"));
        Assert.Equal(jobs, Transition.Scalar<int>(File, "select finished from run_view"));
        Assert.Equal(jobs, Transition.Scalar<int>(File, "select count(*) from job_view where status = 'finished' and waiting_on = 0 and result = args"));

        // A finish carries the largest lease number ever given, and lease numbers rise.
        foreach (var life in transitions.GroupBy(transition => transition.Number))
        {
            var leases = life.Where(transition => transition.To == "started").Select(transition => transition.Lease).ToList();
            Assert.Equal(leases.Order().Distinct(), leases);
            Assert.Equal(leases[^1], life.Single(transition => transition.To == "finished").Lease);
        }

        // No job starts before all its dependencies have finished.
        var finishedAt = transitions.Index().Where(entry => entry.Item.To == "finished").ToDictionary(entry => entry.Item.Number, entry => entry.Index);
        var startedAt = transitions.Index().Where(entry => entry.Item.To == "started").GroupBy(entry => entry.Item.Number).ToDictionary(group => group.Key, group => group.Min(entry => entry.Index));
        Assert.All(Transition.ReadDependencies(File, 1), edge => Assert.True(finishedAt[edge.Dependency] < startedAt[edge.Dependent]));

        // A handler runs again only where a lease was lost.
        var reserves = transitions.Where(transition => transition.To == "started").CountBy(transition => transition.Number).ToDictionary();
        var runs = heard.Where(line => line.StartsWith("start ", StringComparison.Ordinal)).CountBy(line => int.Parse(line.Split('-')[1], null));
        Assert.All(runs, entry => Assert.InRange(entry.Value, 1, reserves[entry.Key]));
    }

    private int TransitionCount(string from, string to) => Transition.ReadAll(File).Count(transition => transition.From == from && transition.To == to);
}
