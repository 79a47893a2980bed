using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task An_inserted_run_has_every_job_unstarted_and_waiting_for_its_dependencies()
    {
        var run = await InsertAsync(KeyedGraph("daily", null, "a", "b: a", "c: a, b"));

        var jobs = await Store.ListJobsAsync(run);

        Assert.Equal(["a", "b", "c"], jobs.Select(job => job.Type));
        Assert.Equal([0, 1, 2], jobs.Select(job => job.WaitingOn));
        Assert.Equal([0, 1, 2], jobs.Select(job => job.Number));
        Assert.All(jobs, job => Assert.Equal(JobStatus.Unstarted, job.Status));
        Assert.All(jobs, job => Assert.Equal(Clock.GetUtcNow(), job.CreatedAt));
        Assert.All(jobs, job => Assert.Equal(Clock.GetUtcNow(), job.RunAt));
        Assert.All(jobs, job => Assert.Equal(run, job.Run));
        Assert.Equal($"{run.Number}-2", jobs[2].Id.Value);
        Assert.Equal("""{"of":"c"}""", jobs[2].Args);
        var graph = KeyedGraph("daily", null, "a", "b: a", "c: a, b");
        Assert.Equal(new Run(run, "daily", "Test", graph.Version, RunStatus.Active, 3, 0, 0, 0, Clock.GetUtcNow(), null), await RunAsync(run));
    }

    [Fact]
    public async Task Runs_are_numbered_from_1()
    {
        Assert.Equal(new InsertAnswer(new RunId(1), AlreadyExisted: false), await Store.InsertAsync(Graph("a")));
        Assert.Equal(new InsertAnswer(new RunId(2), AlreadyExisted: false), await Store.InsertAsync(Graph("a")));
    }

    [Fact]
    public async Task The_same_graph_under_the_same_key_is_the_run_that_is_there()
    {
        var run = await InsertAsync(KeyedGraph("daily", null, "a", "b: a"));

        Assert.Equal(new InsertAnswer(run, AlreadyExisted: true), await Store.InsertAsync(KeyedGraph("daily", null, "a", "b: a")));
        Assert.Equal(2, (await Store.FindRunAsync("daily"))!.Jobs);
        Assert.Null(await Store.GetRunAsync(new RunId(run.Number + 1)));
    }

    [Fact]
    public async Task Another_graph_under_the_same_key_is_a_conflict_and_inserts_nothing()
    {
        var run = await InsertAsync(KeyedGraph("daily", null, "a", "b: a"));

        var conflict = await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(KeyedGraph("daily", null, "a", "b")));

        Assert.Equal(("daily", run), (conflict.Key, conflict.Existing));
        Assert.Null(await Store.GetRunAsync(new RunId(run.Number + 1)));
        Assert.Equal("unstarted unstarted", await StatusesAsync(run));
    }

    [Fact]
    public async Task Other_args_under_the_same_key_are_a_conflict()
    {
        await Store.InsertAsync(JobGraph.Of([Job.FromJson("a", "1")], key: "daily"));

        await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(JobGraph.Of([Job.FromJson("a", "2")], key: "daily")));
    }

    [Fact]
    public async Task A_caller_that_asks_for_it_gets_the_run_that_has_the_key()
    {
        var run = await InsertAsync(KeyedGraph("daily", null, "a"));

        var answer = await Store.InsertAsync(KeyedGraph("daily", new RunOptions { UseExistingRun = true }, "b"));

        Assert.Equal(new InsertAnswer(run, AlreadyExisted: true), answer);
    }

    [Fact]
    public async Task A_key_tells_upper_from_lower_case_and_takes_any_letters()
    {
        var first = await InsertAsync(KeyedGraph("Tag-ä-日本-🙂", null, "a"));
        var second = await InsertAsync(KeyedGraph("tag-ä-日本-🙂", null, "a"));

        Assert.NotEqual(first, second);
        Assert.Equal(first, (await Store.FindRunAsync("Tag-ä-日本-🙂"))!.Id);
    }

    [Fact]
    public async Task Of_callers_that_insert_one_key_at_once_one_inserts_and_all_get_its_run()
    {
        using var barrier = new Barrier(8);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return Store.InsertAsync(KeyedGraph("daily", null, "a", "b: a"));
            },
            TaskCreationOptions.LongRunning).Unwrap()));

        Assert.Single(answers, answer => !answer.AlreadyExisted);
        Assert.Single(answers.Select(answer => answer.Run).Distinct());
    }

    [Fact]
    public async Task A_job_that_was_given_an_id_is_found_by_it_and_by_its_number()
    {
        var run = await InsertAsync(JobGraph.Of(Job.FromJson("a", "1", id: "first"), Job.FromJson("b", null)));

        Assert.Equal("first", (await Store.GetJobAsync(new JobId("first")))!.Id.Value);
        Assert.Equal("first", (await JobAsync(run, 0)).Id.Value);
        Assert.Equal($"{run.Number}-1", (await JobAsync(run, 1)).Id.Value);
    }

    [Fact]
    public async Task Ids_that_are_all_there_with_the_same_types_and_args_are_the_run_that_is_there()
    {
        var run = await InsertAsync(JobGraph.Of(Job.FromJson("a", "1", "one"), Job.FromJson("b", null, "two")));

        var answer = await Store.InsertAsync(JobGraph.Of(Job.FromJson("a", "1", "one"), Job.FromJson("b", null, "two")));

        Assert.Equal(new InsertAnswer(run, AlreadyExisted: true), answer);
        Assert.Null(await Store.GetRunAsync(new RunId(run.Number + 1)));
    }

    [Fact]
    public async Task Ids_of_which_only_some_are_there_are_a_conflict_and_insert_nothing()
    {
        var run = await InsertAsync(JobGraph.Of(Job.FromJson("a", "1", "one"), Job.FromJson("a", "1", "two")));

        var conflict = await Assert.ThrowsAsync<JobConflictException>(
            () => Store.InsertAsync(JobGraph.Of(Job.FromJson("a", "1", "new"), Job.FromJson("a", "1", "two"), Job.FromJson("a", "1", "one"))));

        Assert.Equal(["two", "one"], conflict.Ids.Select(id => id.Value));
        Assert.Null(await Store.GetJobAsync(new JobId("new")));
        Assert.Null(await Store.GetRunAsync(new RunId(run.Number + 1)));
    }

    [Theory]
    [InlineData("b", "1")]
    [InlineData("a", "2")]
    [InlineData("a", null)]
    public async Task An_id_that_belongs_to_a_job_of_another_type_or_with_other_args_is_a_conflict(string type, string? args)
    {
        await Store.InsertAsync(JobGraph.Of(Job.FromJson("a", "1", "one")));

        var conflict = await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(JobGraph.Of(Job.FromJson(type, args, "one"))));

        Assert.Equal(["one"], conflict.Ids.Select(id => id.Value));
    }

    [Fact]
    public async Task Ids_that_are_there_with_other_dependencies_are_a_conflict()
    {
        await Store.InsertAsync(Linked(key: null, linked: true));
        await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(Linked(key: null, linked: false)));
        Assert.True((await Store.InsertAsync(Linked(key: null, linked: true))).AlreadyExisted);
    }

    [Fact]
    public async Task Ids_that_are_there_without_the_run_key_of_the_graph_are_a_conflict()
    {
        await Store.InsertAsync(Linked(key: "one", linked: true));
        await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(Linked(key: "two", linked: true)));
        Assert.Null(await Store.FindRunAsync("two"));
        Assert.True((await Store.InsertAsync(Linked(key: null, linked: true))).AlreadyExisted);
    }

    private static JobGraph Linked(string? key, bool linked)
    {
        var graph = new JobGraphBuilder("Linked");
        var (x, y) = (graph.Add(Job.FromJson("a", null, "x")), graph.Add(Job.FromJson("b", null, "y")));
        if (linked) graph.DependsOn(y, x);
        return graph.Build(key);
    }

    [Fact]
    public async Task Ids_that_are_spread_over_two_runs_are_a_conflict()
    {
        await Store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "one")));
        await Store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "two")));

        await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "one"), Job.FromJson("a", null, "two"))));
    }

    [Fact]
    public async Task Jobs_without_an_id_beside_ids_that_are_there_are_not_lost_in_silence()
    {
        var run = await InsertAsync(JobGraph.Of(Job.FromJson("a", null, "one"), Job.FromJson("b", "1")));

        await Assert.ThrowsAsync<JobConflictException>(() => Store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "one"), Job.FromJson("b", "2"))));
        Assert.Equal(
            new InsertAnswer(run, AlreadyExisted: true),
            await Store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "one"), Job.FromJson("b", "1"))));
    }

    [Fact]
    public async Task An_insert_that_fails_half_way_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Store.InsertAsync(JobGraph.Of(
            [Job.FromJson("a", "1"), Job.FromJson("a", "2", "twice"), Job.FromJson("a", "3", "twice")], key: "daily")));

        Assert.Null(await Store.FindRunAsync("daily"));
        Assert.Null(await Store.GetJobAsync(new JobId("twice")));
        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 10, "a"));
        Assert.False((await Store.InsertAsync(JobGraph.Of([Job.FromJson("a", "1", "twice")], key: "daily"))).AlreadyExisted);
    }

    [Fact]
    public async Task Many_graphs_are_inserted_at_once_and_answered_in_order()
    {
        var known = await InsertAsync(KeyedGraph("daily", null, "a", "b: a"));

        var answers = await Store.InsertAsync([Graph("a"), KeyedGraph("daily", null, "a", "b: a"), Graph("x", "y: x"), KeyedGraph("new", null, "z"), KeyedGraph("new", null, "z")]);

        Assert.Equal([false, true, false, false, true], answers.Select(answer => answer.AlreadyExisted));
        Assert.Equal((known, answers[3].Run), (answers[1].Run, answers[4].Run));
        Assert.Equal(4, answers.Select(answer => answer.Run).Distinct().Count());
        Assert.Equal(["x", "y"], (await Store.ListJobsAsync(answers[2].Run)).Select(job => job.Type));
        Assert.Equal(["a", "a", "x", "z"], (await ReserveAsync(await StartWorkerAsync(), 10, "a", "x", "y", "z")).Select(job => job.Type).Order());
    }

    [Fact]
    public async Task Of_many_graphs_all_are_inserted_or_none()
    {
        await InsertAsync(KeyedGraph("daily", null, "a"));

        var conflict = await Assert.ThrowsAsync<JobConflictException>(
            () => Store.InsertAsync([Graph("x"), KeyedGraph("fresh", null, "x"), KeyedGraph("daily", null, "b"), JobGraph.Of(Job.FromJson("x", null, "mine"))]));

        Assert.Equal("daily", conflict.Key);
        Assert.Null(await Store.FindRunAsync("fresh"));
        Assert.Null(await Store.GetJobAsync(new JobId("mine")));
        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 10, "x", "b"));
        Assert.False((await Store.InsertAsync([KeyedGraph("fresh", null, "x")]))[0].AlreadyExisted);
    }

    [Fact]
    public async Task No_graphs_are_no_answers() => Assert.Empty(await Store.InsertAsync([]));

    [Fact]
    public async Task Jobs_of_one_run_keep_each_their_own_args()
    {
        var args = Enumerable.Range(0, 700).Select(number => number % 7 == 0 ? null : $"{number % 50}").ToList();

        var run = await InsertAsync(JobGraph.Of(args.Select(json => Job.FromJson("a", json))));

        Assert.Equal(args, (await Store.ListJobsAsync(run)).Select(job => job.Args));
        Assert.Equal(args, (await ReserveAsync(await StartWorkerAsync(), 1000, "a")).Select(job => job.Args));
    }

    [Fact]
    public async Task Installing_again_changes_nothing()
    {
        var run = await InsertAsync("a");

        await Store.InstallAsync();

        Assert.Equal("unstarted", await StatusesAsync(run));
    }
}
