using CsCheck;
using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class InputTests
{
    /// <summary>A graph as somebody may put it together: edges any way round, and ids from so few that they meet those of other runs.</summary>
    public sealed record Sketch(int[] Ids, (int Dependent, int Dependency)[] Edges, int Key);

    [Fact]
    public async Task A_graph_of_any_shape_is_inserted_whole_or_not_at_all()
    {
        var handlers = Echo<int>();
        var client = new OverseerClient(store, handlers);
        var known = new HashSet<JobId>();
        var count = 0;
        var sketches = Gen.Int[0, 30].Array[0, 6].SelectMany(ids => Gen.Select(Gen.Int[0, Math.Max(0, ids.Length - 1)], Gen.Int[0, Math.Max(0, ids.Length - 1)]).Array[0, ids.Length * 2].Select(edges => (ids, edges)))
            .SelectMany(graph => Gen.Int[0, 15].Select(key => new Sketch(graph.ids, graph.edges, key)));
        await sketches.SampleAsync(
            async sketch =>
            {
                var graph = Drawn(sketch);
                var ids = graph.Jobs.Where(job => job.Id.IsAssigned).Select(job => job.Id).ToList();
                RunHandle run;
                try
                {
                    run = await client.TransactAsync(graph);
                }
                catch (JobGraphException error)
                {
                    Assert.All(error.Problems, problem => Assert.True(problem.Kind is GraphProblemKind.Empty or GraphProblemKind.Cycle or GraphProblemKind.DuplicateId, problem.Message));
                    Assert.True(graph.Jobs.IsEmpty || ids.Distinct().Count() < ids.Count || HasCycle(sketch));
                    return;
                }
                catch (JobConflictException conflict)
                {
                    Assert.True(conflict.Key is not null || conflict.Ids.All(known.Contains));
                    foreach (var id in ids.Where(id => !known.Contains(id))) Assert.Null(await store.GetJobAsync(id));
                    return;
                }

                Assert.False(HasCycle(sketch));
                var jobs = await store.ListJobsAsync(run.Id);
                if (run.AlreadyExisted)
                {
                    // All its ids are there; the run that has them may have more.
                    Assert.True(graph.Key is not null || ids.All(id => jobs.Any(job => job.Id == id)));
                    return;
                }

                Assert.Equal(++count, run.Id.Number);
                Assert.Equal(graph.Jobs.Length, jobs.Count);
                foreach (var (stored, job) in jobs.OrderBy(job => job.Args).Zip(graph.Jobs.OrderBy(job => job.Args)))
                {
                    var place = graph.Jobs.IndexOf(job);
                    Assert.Equal((job.Type, job.Args, sketch.Edges.Distinct().Count(edge => edge.Dependent == place)), (stored.Type, stored.Args, stored.WaitingOn));
                    if (!job.Id.IsAssigned) continue;
                    Assert.Equal(job.Id, stored.Id);
                    known.Add(job.Id);
                }
            },
            iter: 150, threads: 1);
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("star")]
    [InlineData("layers")]
    public async Task A_hundred_thousand_jobs_are_inserted_started_and_cancelled(string shape)
    {
        const int Jobs = 316 * 316;
        var builder = new JobGraphBuilder("Large");
        var job = Enumerable.Range(0, Jobs).Select(place => builder.Add(Job.FromJson(place == 0 ? "first" : "echo", "1"))).ToList();
        for (var place = 1; place < Jobs; place++)
        {
            if (shape == "chain") builder.DependsOn(job[place], job[place - 1]);
            else if (shape == "star") builder.DependsOn(job[place], job[0]);
            else if (place >= 316) builder.DependsOn(job[place], job[place - 316]);
            if (shape == "layers" && place >= 316 && place % 316 != 0) builder.DependsOn(job[place], job[((place / 316) - 1) * 316]);
        }

        var run = await new OverseerClient(store, Echo<int>(Echo<int>(), "first")).TransactAsync(builder.Build());
        Assert.Equal(Jobs, (await run.GetAsync()).Jobs);
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "", TimeSpan.FromMinutes(5)));
        var first = Assert.Single(await store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("first", [])], 1)));
        Assert.True(Assert.Single(await store.EndAsync([new JobEnding.Finish(first.Lease, "1")])).Accepted);
        while ((await store.SweepAsync(3, 10_000)).HasMore) continue;
        Assert.Equal(shape == "layers" ? 1 : 0, (await store.GetJobAsync(JobId.For(run.Id, shape == "layers" ? 317 : 1)))!.WaitingOn);
        Assert.Equal(shape == "chain" ? 1 : 10, (await store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("echo", [])], 10))).Count);
        Assert.Equal(Jobs - 1, await run.CancelAsync());
        Assert.Equal((RunStatus.Aborted, 1, Jobs - 1), await run.GetAsync() is var now ? (now.Status, now.Finished, now.Aborted) : default);
    }

    private static JobGraph Drawn(Sketch sketch)
    {
        var builder = new JobGraphBuilder("Drawn");
        // Every third job has no id of its own; a run key is there every other time.
        var jobs = sketch.Ids.Select((id, place) => builder.Add(Job.Create("echo", place, id % 3 == 0 ? null : $"id {id}"))).ToList();
        foreach (var (dependent, dependency) in sketch.Edges) builder.DependsOn(jobs[dependent], jobs[dependency]);
        return builder.Build(sketch.Key % 2 == 0 ? null : $"key {sketch.Key}");
    }

    private static bool HasCycle(Sketch sketch)
    {
        var reached = new HashSet<(int From, int To)>(sketch.Edges);
        for (var more = true; more;)
        {
            var longer = reached.SelectMany(one => sketch.Edges.Where(edge => edge.Dependent == one.To).Select(edge => (one.From, edge.Dependency))).ToList();
            more = longer.Where(reached.Add).ToList().Count > 0;
        }

        return reached.Any(one => one.From == one.To);
    }
}
