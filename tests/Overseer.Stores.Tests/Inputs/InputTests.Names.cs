using System.Text.RegularExpressions;
using CsCheck;
using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class InputTests
{
    [Fact]
    public async Task Run_keys_and_job_ids_are_refused_or_found_again()
    {
        var client = await StartAsync(Echo<int>());
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = Gen.OneOf(Texts.Any, Texts.One(new string('k', 200), new string('k', 201), "1-0", "01-0", "-", "1-", "a\0b", "A", "a", "Å", "A\u030a"));
        await names.SampleAsync(
            async name =>
            {
                var isName = name.Length is > 0 and <= 200 && !name.Any(char.IsControl) && Texts.Clean(name) == name;
                // Once as a key, and once as an id, each of which is taken once.
                if (!taken.Add(name)) return;
                await CheckAsync(isName, JobGraph.Of([Job.Create("echo", 1)], name), async run => Assert.Equal(run, (await client.FindRunAsync(name))!.Id));
                await CheckAsync(isName && !Regex.IsMatch(name, @"^(0|[1-9]\d*)-(0|[1-9]\d*)$"), JobGraph.Of(Job.Create("echo", 1, name.Length == 0 ? "\0" : name)),
                    async run => Assert.Equal((run, new JobId(name)), ((await client.GetJobAsync(new JobId(name)))!.Run, (await store.ListJobsAsync(run))[0].Id)));
            },
            iter: 150, threads: 1);

        async Task CheckAsync(bool isTaken, JobGraph graph, Func<RunId, Task> check)
        {
            if (isTaken) await check((await client.TransactAsync(graph)).Id);
            else Assert.Matches("characters|control characters and lone surrogates|Choose another", Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(graph))));
        }
    }

    [Fact]
    public async Task Job_types_and_graph_names_are_refused_or_kept()
    {
        var handlers = Echo<int>();
        var client = await StartAsync(handlers);
        await Gen.OneOf(Texts.Any, Gen.String[Gen.Char["ab0._-A ü"], 1, 5], Texts.One(new string('t', 200), new string('t', 201), "a\n", "con", "..", "-a")).SampleAsync(
            async name =>
            {
                var isType = Regex.IsMatch(name, @"\A[a-z0-9][a-z0-9._-]{0,199}\z");
                if (!isType) Assert.Contains("is no job type name", Assert.Throws<ArgumentException>(() => Echo<int>(type: name)).Message, StringComparison.Ordinal);
                else Assert.Equal(name, Assert.Single((await store.ListJobsAsync((await new OverseerClient(store, Echo<int>(type: name)).TransactAsync(JobGraph.Of(Job.Create(name, 1)))).Id))).Type);
                if (name == "echo") return;
                var problems = (await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(Job.Create(name, 1))))).Problems;
                Assert.Equal(isType ? GraphProblemKind.UnknownType : GraphProblemKind.BadName, Assert.Single(problems).Kind);
                var builder = new JobGraphBuilder(name);
                builder.Add(Job.Create("echo", 1));
                if (!Regex.IsMatch(name, @"\A[\p{L}_][\p{L}\p{Nd}_]{0,199}\z"))
                    Assert.Contains("is no graph name", Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(builder.Build()))), StringComparison.Ordinal);
                else
                    Assert.Equal(name, (await (await client.TransactAsync(builder.Build())).GetAsync()).Graph);
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public async Task A_label_of_a_worker_may_be_any_text_as_the_worker_cleans_it()
    {
        await Texts.Any.SampleAsync(
            async label =>
            {
                var worker = WorkerId.New();
                await store.RegisterWorkerAsync(new WorkerRegistration(worker, Texts.Clean(label), TimeSpan.FromMinutes(1)));
                Assert.True((await store.BeatAsync(worker, [])).IsAlive);
                await store.RetireWorkerAsync(worker);
            },
            iter: 50, threads: 1);
    }
}
