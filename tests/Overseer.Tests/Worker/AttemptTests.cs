using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Tests.Worker;

public sealed class AttemptTests
{
    [Fact]
    public async Task Results_flow_along_the_edges()
    {
        var handlers = new JobHandlerMap()
            .With<int, int>("one", (_, args, _) => Task.FromResult(args + 1))
            .With<Unit, string>("two", (job, _, _) => Task.FromResult($"got {job.ResultOf<int>("one")}"), new BoundDependency("one", typeof(int)));
        await using var test = await TestWorker.StartAsync(handlers);
        var two = new JobType<Unit, string>("two");
        var builder = new JobGraphBuilder("Flow");
        builder.Add(two, builder.Add(new JobType<int>("one"), 41));
        var run = await test.InsertAsync(builder.Build());
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        Assert.Equal("got 42", await run.ResultAsync(two, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_job_starts_after_all_its_dependencies_have_finished()
    {
        var ended = 0;
        var seen = -1;
        var handlers = TestWorker.Handle("part", (_, _) => Task.FromResult(Interlocked.Increment(ref ended))).With("join", (_, _) => Task.FromResult(seen = ended));
        await using var test = await TestWorker.StartAsync(handlers);
        var builder = new JobGraphBuilder("Join");
        var parts = Enumerable.Range(0, 50).Select(_ => builder.Add(new Job("part"))).ToArray();
        builder.Add(new Job("join"), parts);
        Assert.True((await test.RunAsync(builder.Build())).IsFinished);
        Assert.Equal(50, seen);
    }

    [Fact]
    public async Task An_exception_fails_the_job_and_closes_its_dependents()
    {
        var handlers = TestWorker.Handle("bad", (_, _) => throw new FormatException("no \0 good")).With("next", (_, _) => Task.CompletedTask);
        await using var test = await TestWorker.StartAsync(handlers);
        var run = await test.InsertAsync(JobGraph.FromTypes(new Dictionary<string, string[]> { ["bad"] = [], ["next"] = ["bad"] }));
        var outcome = await TestWorker.WaitAsync(run);
        Assert.Equal(RunStatus.Failed, outcome.Status);
        var bad = Assert.Single(outcome.Problems);
        Assert.Equal((JobStatus.Failed, JobReason.Exception, 1), (bad.Status, bad.Reason, bad.Attempt));
        Assert.Equal(("no \ufffd good", "System.FormatException"), (bad.Failure!.Message, bad.Failure.Exception));
        Assert.Contains(nameof(AttemptTests), bad.Failure.Details, StringComparison.Ordinal);
        var next = await test.JobAsync(run, 1);
        Assert.Equal((JobStatus.Aborted, JobReason.DependencyFailed), (next.Status, next.Reason));
    }

    [Fact]
    public async Task An_exception_whose_text_throws_is_recorded_all_the_same()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("bad", (_, _) => throw new UnspeakableException()));
        var job = await test.RunOneAsync(new Job("bad"));
        Assert.Equal(JobReason.Exception, job.Reason);
        Assert.Contains("cannot be read", job.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_message_is_cut()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("bad", (_, _) => throw new FormatException(new string('x', 1_000_000))));
        var job = await test.RunOneAsync(new Job("bad"));
        Assert.Equal(4000, job.Failure!.Message.Length);
        Assert.Equal(16_000, job.Failure.Details!.Length);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("surrogate")]
    [InlineData("big")]
    [InlineData("getter")]
    public async Task A_result_that_cannot_be_stored_fails_the_job_and_the_worker_goes_on(string kind)
    {
        object Result() => kind switch
        {
            "nan" => double.NaN,
            "surrogate" => "x\ud800",
            "big" => new string('x', 5000),
            _ => new Treacherous(),
        };
        var handlers = new JobHandlerMap().With<Unit, object>("bad", (_, _, _) => Task.FromResult(Result())).With("good", (_, _) => Task.CompletedTask);
        await using var test = await TestWorker.StartAsync(handlers, options => options.MaxPayloadBytes = 2000);
        var job = await test.RunOneAsync(new Job("bad"));
        Assert.Equal((JobStatus.Failed, JobReason.ResultRejected), (job.Status, job.Reason));
        Assert.Contains("'bad' cannot be stored", job.Failure!.Message, StringComparison.Ordinal);
        Assert.True((await test.RunAsync(new Job("good"))).IsFinished);
    }

    [Fact]
    public async Task A_result_with_NUL_is_stored_exactly()
    {
        await using var test = await TestWorker.StartAsync(new JobHandlerMap().With<Unit, string>("nul", (_, _, _) => Task.FromResult("a\0b\u2028😀")));
        var run = await test.InsertAsync(JobGraph.Of(new Job("nul")));
        await TestWorker.WaitAsync(run);
        Assert.Equal("a\0b\u2028😀", await run.ResultAsync(new JobType<Unit, string>("nul"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stored_args_that_cannot_be_read_fail_the_job_as_unreadable()
    {
        await using var test = await TestWorker.StartAsync(new JobHandlerMap().With<int, Unit>("number", (_, _, _) => Task.FromResult(Unit.Value)));
        var inserted = await test.Store.InsertAsync(JobGraph.Of(Job.FromJson("number", "\"text\"")), TestContext.Current.CancellationToken);
        var run = (await test.Client.GetRunAsync(inserted.Run, TestContext.Current.CancellationToken))!;
        var outcome = await TestWorker.WaitAsync(run);
        Assert.Equal(JobReason.Unreadable, Assert.Single(outcome.Problems).Reason);
    }

    [Fact]
    public async Task A_dependency_without_a_stored_result_makes_the_job_unreadable()
    {
        var handlers = new JobHandlerMap()
            .With("one", (_, _) => Task.CompletedTask)
            .With<Unit, int>("two", (job, _, _) => Task.FromResult(job.ResultOf<int>("one")), new BoundDependency("one", typeof(int)));
        await using var test = await TestWorker.StartAsync(handlers);
        var outcome = await test.RunAsync(JobGraph.FromTypes(new Dictionary<string, string[]> { ["one"] = [], ["two"] = ["one"] }));
        Assert.Equal(("two", JobReason.Unreadable), (Assert.Single(outcome.Problems).Type, outcome.Problems[0].Reason));
    }

    [Theory]
    [InlineData(false, false, JobReason.ResultRejected, null)]
    [InlineData(true, false, null, JobReason.Unreadable)]
    [InlineData(true, true, null, null)]
    public async Task Null_goes_only_where_it_was_said_to(bool givesNull, bool mayBeNull, JobReason? ofGiver, JobReason? ofTaker)
    {
        var handlers = new JobHandlerMap(new NullHandler { GivesNull = givesNull })
            .With<Unit, Unit>(
                "taker",
                (job, _, _) =>
                {
                    job.ResultOf<string?>("null");
                    return Task.FromResult(Unit.Value);
                },
                new BoundDependency("null", typeof(string)) { MayBeNull = mayBeNull });
        await using var test = await TestWorker.StartAsync(handlers);
        var builder = new JobGraphBuilder("Null");
        builder.Add(new Job("taker"), builder.Add(new Job("null")));
        var run = await test.InsertAsync(builder.Build());
        await TestWorker.WaitAsync(run);
        var jobs = await run.JobsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ofGiver, jobs.Single(job => job.Type == "null").Reason);
        Assert.Equal(ofGiver is null ? ofTaker : JobReason.DependencyFailed, jobs.Single(job => job.Type == "taker").Reason);
    }

    [Fact]
    public async Task Null_that_was_stored_as_args_is_no_value()
    {
        await using var test = await TestWorker.StartAsync(new JobHandlerMap(new TakingHandler()));
        var inserted = await test.Store.InsertAsync(JobGraph.Of(Job.FromJson("taking", "null")), TestContext.Current.CancellationToken);
        var run = (await test.Client.GetRunAsync(inserted.Run, TestContext.Current.CancellationToken))!;
        var problem = Assert.Single((await TestWorker.WaitAsync(run)).Problems);
        Assert.Equal(JobReason.Unreadable, problem.Reason);
        Assert.Contains("it is null, and Taking takes a value that never is", problem.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_cannot_be_made_fails_its_job_only()
    {
        var handlers = new JobHandlerMap([new UnmakeableHandler()]).With("good", (_, _) => Task.CompletedTask);
        await using var test = await TestWorker.StartAsync(handlers);
        var job = await test.RunOneAsync(new Job("unmakeable"));
        Assert.Equal((JobReason.Exception, "constructor"), (job.Reason, job.Failure!.Message));
        Assert.True((await test.RunAsync(new Job("good"))).IsFinished);
    }

    [Fact]
    public async Task A_logger_that_throws_stops_no_loop()
    {
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("bad", (_, _) => throw new FormatException()).With("good", (_, _) => Task.CompletedTask),
            register: services => services.AddSingleton<ILoggerFactory>(new ThrowingLogs()));
        Assert.Equal(JobStatus.Failed, (await test.RunOneAsync(new Job("bad"))).Status);
        Assert.True((await test.RunAsync(new Job("good"))).IsFinished);
    }

    [Fact]
    public async Task A_worker_takes_only_the_types_it_handles()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("mine", (_, _) => Task.CompletedTask));
        var foreign = await test.Store.InsertAsync(JobGraph.Of(new Job("foreign")), TestContext.Current.CancellationToken);
        Assert.True((await test.RunAsync(new Job("mine"))).IsFinished);
        var job = await test.Store.GetJobAsync(JobId.For(foreign.Run, 0), TestContext.Current.CancellationToken);
        Assert.Equal((JobStatus.Unstarted, 0), (job!.Status, job.Attempt));
    }

    [Fact]
    public async Task As_many_handlers_run_at_once_as_there_are_slots_and_no_more()
    {
        var running = 0;
        var most = 0;
        var three = new CountdownEvent(3);
        var go = new TaskCompletionSource();
        var handlers = TestWorker.Handle("slow", async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (three) most = Math.Max(most, now);
            if (!three.IsSet) three.Signal();
            await go.Task;
            Interlocked.Decrement(ref running);
        });
        await using var test = await TestWorker.StartAsync(handlers, options => options.Concurrency = 3);
        var run = await test.InsertAsync(JobGraph.Of(Enumerable.Range(0, 12).Select(_ => new Job("slow"))));
        await Task.Run(three.Wait, TestContext.Current.CancellationToken);
        var started = (await test.Store.ListJobsAsync(run.Id, cancellationToken: TestContext.Current.CancellationToken)).Count(job => job.Status == JobStatus.Started);
        go.SetResult();
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        Assert.Equal((3, 3), (most, started));
    }

    [Fact]
    public async Task What_was_made_is_disposed_in_reverse_order_before_the_scope()
    {
        var order = new List<string>();
        var handlers = new JobHandlerMap([new OwningHandler(order)]);
        await using var test = await TestWorker.StartAsync(handlers);
        await test.RunOneAsync(new Job("owning"));
        Assert.Equal(["second", "first"], order);
    }

    [Fact]
    public async Task All_that_was_made_is_disposed_even_if_one_of_them_throws()
    {
        var order = new List<string>();
        await using var test = await TestWorker.StartAsync(new JobHandlerMap([new OwningHandler(order) { LastThrows = true }]));
        var job = await test.RunOneAsync(new Job("owning"));
        Assert.Equal(["second", "first"], order);
        Assert.Equal((JobReason.Exception, "second"), (job.Reason, job.Failure!.Message));
    }

    [Fact]
    public async Task What_the_handler_threw_is_not_hidden_by_what_its_disposal_throws()
    {
        await using var test = await TestWorker.StartAsync(new JobHandlerMap([new OwningHandler([]) { LastThrows = true, Fails = true }]));
        Assert.Equal("the real reason", (await test.RunOneAsync(new Job("owning"))).Failure!.Message);
    }

    private sealed class ThrowingLogs : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("disk full");

        public void Dispose()
        {
        }
    }

    private sealed class UnspeakableException : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string ToString() => throw new InvalidOperationException();
    }

    public sealed class Treacherous
    {
        public int Value => throw new FileNotFoundException("gone");
    }

    private sealed class NullHandler() : JobHandler<Unit, string>("null", "Null")
    {
        protected internal override JobStages<string> Open(JobAttempt attempt) => new Nothing();

        private sealed class Nothing : JobStages<string>
        {
            public override ValueTask<string> ProcessAsync(JobContext job) => new((string)null!);
        }
    }

    private sealed class TakingHandler() : JobHandler<string, Unit>("taking", "Taking")
    {
        protected internal override JobStages<Unit> Open(JobAttempt attempt)
        {
            attempt.Args<string>();
            throw new InvalidOperationException("It was read.");
        }
    }

    private sealed class UnmakeableHandler() : JobHandler<Unit, Unit>("unmakeable", "Unmakeable")
    {
        protected internal override JobStages<Unit> Open(JobAttempt attempt) => throw new FormatException("constructor");
    }

    private sealed class OwningHandler(List<string> order) : JobHandler<Unit, Unit>("owning", "Owning")
    {
        public bool LastThrows { get; init; }

        public bool Fails { get; init; }

        protected internal override JobStages<Unit> Open(JobAttempt attempt)
        {
            attempt.Own(new Owned("first", order));
            attempt.Own(new Owned("second", order) { Throws = LastThrows });
            return new Nothing(Fails);
        }

        private sealed class Nothing(bool fails) : JobStages<Unit>
        {
            public override ValueTask<Unit> ProcessAsync(JobContext job) => fails ? throw new FormatException("the real reason") : default;
        }
    }

    private sealed class Owned(string name, List<string> order) : IDisposable
    {
        public bool Throws { get; init; }

        public void Dispose()
        {
            order.Add(name);
            if (Throws) throw new FormatException(name);
        }
    }
}
