using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Overseer.Model;
using Overseer.Stores;
using Xunit;

namespace Overseer.Simulation.Tests;

/// <summary>Threads that use one store at once: what each is answered, and what is left, must be what some order of the verbs gives in the model.</summary>
public sealed class ParallelTests
{
    private static readonly int Samples = Environment.GetEnvironmentVariable("OVERSEER_SOAK") == "1" ? 50_000 : 2000;

    private static readonly RunId Run = new(1);

    private static readonly StateMachine Machine = new();

    private static readonly Gen<ModelEvent> Verb = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 2]).Select(ModelEvent (all) => new ModelEvent.Reserve(Request(all.Item1, all.Item2, all.Item3)))),
        (5, Endings().Select(ModelEvent (endings) => new ModelEvent.EndJobs(endings))),
        (3, Gen.Select(Endings(), Gen.Int[0, 1], Gen.Int[0, 2]).Select(ModelEvent (all) => new ModelEvent.EndJobs(all.Item1, Request(all.Item2, all.Item3, 0)))),
        (1, Gen.Select(Gen.Int[0, 1], Lease()).Select(ModelEvent (all) => new ModelEvent.Beat(Worker(all.Item1), [all.Item2]))),
        (1, Gen.Int[0, 1].Select(ModelEvent (worker) => new ModelEvent.Retire(Worker(worker)))),
        (2, Gen.Int[1, 2].Select(ModelEvent (page) => new ModelEvent.Sweep(2, page))),
        (1, Gen.Int[0, 4].Select(ModelEvent (job) => new ModelEvent.CancelJob(Run, job))),
        (1, Gen.Const<ModelEvent>(new ModelEvent.CancelRun(Run))),
        (2, Gen.Const<ModelEvent>(new ModelEvent.RetryFailed(Run))),
        (1, Gen.Const<ModelEvent>(new ModelEvent.Insert([Pairs("key1")]))));

    [Fact]
    public Task The_store_in_memory_is_linearizable() => CheckAsync(clock => new InMemoryJobStore(clock), Samples);

    [Fact]
    public async Task Sqlite_is_linearizable()
    {
        var (folder, files) = (Directory.CreateTempSubdirectory("overseer-parallel-"), 0);
        try
        {
            await CheckAsync(clock => new SqliteJobStore(Path.Combine(folder.FullName, $"{files++}.db"), options: null, clock), Samples / 50);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Two_that_were_given_one_job_are_caught()
    {
        var state = Prepare().Aggregate(new ModelState(DateTimeOffset.UnixEpoch), (now, verb) => Machine.Apply(now, verb).State);
        ModelEvent[] verbs = [new ModelEvent.Reserve(Request(0, 1, 0)), new ModelEvent.Reserve(Request(1, 1, 0))];
        // Each as if the other had not been there.
        Told[][] torn = [.. verbs.Select((verb, i) => new Told[] { new(verb, 1 + i, 3 + i, Caller.Show(Machine.Apply(state, verb).Answer)) })];
        var (first, second) = (Machine.Apply(state, verbs[0]), Machine.Apply(Machine.Apply(state, verbs[0]).State, verbs[1]));
        var end = ParallelHistory.Describe(second.State);
        Assert.False(ParallelHistory.IsLinearizable(Machine, state, torn, end));

        Told[][] sound = [[new Told(verbs[0], 1, 3, Caller.Show(first.Answer))], [new Told(verbs[1], 2, 4, Caller.Show(second.Answer))]];
        Assert.True(ParallelHistory.IsLinearizable(Machine, state, sound, end));
        // The second had its answer before the first was asked.
        Told[][] late = [[sound[0][0] with { Began = 3, Ended = 4 }], [sound[1][0] with { Began = 1, Ended = 2 }]];
        Assert.False(ParallelHistory.IsLinearizable(Machine, state, late, end));
    }

    private static Task CheckAsync(Func<TimeProvider, IJobStore> open, int samples) => Verb.Array[1, 3].Array[2, 3].SampleAsync(
        async threads =>
        {
            var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
            await using var store = open(clock);
            await store.InstallAsync();
            var state = new ModelState(clock.GetUtcNow());
            foreach (var verb in Prepare())
            {
                state = Machine.Apply(state, verb).State;
                if (verb is ModelEvent.Pass pass) clock.SetUtcNow(pass.Until);
                else await Caller.AskAsync(store, verb);
            }

            var told = ParallelHistory.Record(store, threads);
            var end = await ParallelHistory.DescribeAsync(store, runs: 2);
            Assert.True(ParallelHistory.IsLinearizable(Machine, state, told, end), $"No order explains this:\n{Show(told)}\nand at the end\n{end}");
        },
        iter: samples, threads: 1);

    private static string Show(Told[][] told) =>
        string.Join('\n', told.SelectMany((thread, index) => thread.Select(verb => $"{index}: from {verb.Began} to {verb.Ended} {verb.Verb} is answered {verb.Answer}")));

    // One worker that is dead with two jobs in hand, and two that are alive.
    private static ModelEvent[] Prepare() =>
    [
        new ModelEvent.Insert([Pairs("key0")]),
        Register(9, seconds: 1),
        new ModelEvent.Reserve(Request(9, 2, 0)),
        new ModelEvent.Pass(DateTimeOffset.UnixEpoch.AddSeconds(10)),
        Register(0, seconds: 60),
        Register(1, seconds: 60),
    ];

    private static JobGraph Pairs(string key)
    {
        var builder = new JobGraphBuilder("Pairs");
        Job[] jobs = [.. Enumerable.Range(0, 5).Select(i => builder.Add(new Job(i < 3 ? "a" : "b") { MaxAttempts = 1 + (i % 2) }))];
        foreach (var (dependent, dependency) in new[] { (3, 0), (3, 1), (4, 1), (4, 2) }) builder.DependsOn(jobs[dependent], jobs[dependency]);
        return builder.Build(key);
    }

    private static WorkerId Worker(int number) => new(new Guid(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    private static ModelEvent.Register Register(int worker, int seconds) => new(new WorkerRegistration(Worker(worker), $"worker{worker}", TimeSpan.FromSeconds(seconds)));

    private static ReserveRequest Request(int worker, int slots, int prefetch) => new(Worker(worker), [new ReserveType("a", []), new ReserveType("b", [])], slots, prefetch);

    // Guessed, so that some are held and others stale, whoever got what.
    private static Gen<JobLease> Lease() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1], Gen.Int[1, 3]).Select(all => new JobLease(Run, all.Item1, Worker(all.Item2), all.Item3));

    private static Gen<JobEnding[]> Endings() => Gen.Select(Lease(), Gen.Int[0, 6]).Select(JobEnding (all) => all.Item2 switch
    {
        < 3 => new JobEnding.Finish(all.Item1, "1"),
        3 => new JobEnding.Fail(all.Item1, JobReason.Exception, new JobFailure("wrong"), TimeSpan.Zero),
        4 => new JobEnding.Abort(all.Item1, JobReason.Abort, new JobFailure("enough")),
        5 => new JobEnding.Postpone(all.Item1, PostponeKind.Snooze, TimeSpan.Zero, 1, new JobFailure("later")),
        _ => new JobEnding.Release(all.Item1),
    }).Array[1, 3];
}
