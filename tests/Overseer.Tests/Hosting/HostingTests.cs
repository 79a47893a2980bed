using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Hosting;

public sealed class HostingTests
{
    private static readonly JobHandlerMap Handlers = new JobHandlerMap().With("a", (_, _) => Task.CompletedTask);

    [Fact]
    public async Task A_host_runs_a_worker()
    {
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseInMemory().AddWorker());
        await host.StartAsync(TestContext.Current.CancellationToken);
        var client = host.Services.GetRequiredService<IOverseerClient>();
        var run = await client.TransactAsync(JobGraph.Of([new Job("a")], key: "once"), TestContext.Current.CancellationToken);
        Assert.True((await run.WaitAsync(TestContext.Current.CancellationToken)).IsFinished);
        var again = await client.TransactAsync(JobGraph.Of([new Job("a")], key: "once"), TestContext.Current.CancellationToken);
        Assert.Equal((run.Id, true, false), (again.Id, again.AlreadyExisted, run.AlreadyExisted));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_host_that_is_stopped_while_its_worker_starts_ends_without_an_error()
    {
        var installing = new TaskCompletionSource();
        var store = new Worker.HookedStore(new InMemoryJobStore())
        {
            BeforeInstall = cancellationToken =>
            {
                installing.SetResult();
                return Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseStore(_ => store).AddWorker());
        var run = host.RunAsync(TestContext.Current.CancellationToken);
        await installing.Task;
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Queries_of_a_store_that_answers_none_say_which_does()
    {
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseInMemory());
        Assert.Equal(
            "memory answers no queries: IJobQueries needs a store that implements it, such as that of UsePostgres.",
            Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IJobQueries>()).Message);
    }

    [Fact]
    public async Task A_start_that_its_caller_gives_up_says_so()
    {
        using var giveUp = new CancellationTokenSource();
        var store = new Worker.HookedStore(new InMemoryJobStore())
        {
            BeforeInstall = cancellationToken =>
            {
                giveUp.Cancel();
                return Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseStore(_ => store).AddWorker());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.StartAsync(giveUp.Token));
    }

    [Fact]
    public async Task A_container_with_a_worker_can_be_disposed_of_without_waiting_for_a_task()
    {
        var services = new ServiceCollection().AddSingleton(Host.CreateEmptyApplicationBuilder(null).Build().Services.GetRequiredService<IHostApplicationLifetime>());
        services.AddOverseer(Handlers).UseInMemory().AddWorker();
        var provider = services.BuildServiceProvider();
        var worker = provider.GetRequiredService<IHostedService>();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var run = await provider.GetRequiredService<IOverseerClient>().TransactAsync(JobGraph.Of(new Job("a")), TestContext.Current.CancellationToken);
        Assert.True((await run.WaitAsync(TestContext.Current.CancellationToken)).IsFinished);

        provider.Dispose();

        Assert.True(worker.StopAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public void Every_option_is_bound_from_the_configuration_section()
    {
        using var host = Build(
            builder => builder.Services.AddOverseer(Handlers).UseInMemory(),
            ("Concurrency", "7"), ("DetectorSleep", "00:00:01"), ("IdleSleep", "00:00:05"), ("HeartbeatSleep", "00:00:02"), ("HeartbeatTolerance", "6"),
            ("MonitorFailure", "shutdown"), ("DrainTime", "00:01:00"), ("LossLimit", "9"), ("FaultLimit", "8"), ("SnoozeLimit", "11"),
            ("MaxPrefetch", "12"), ("MaxPayloadBytes", "2048"));
        var options = host.Services.GetRequiredService<IOptions<OverseerOptions>>().Value;
        Assert.Equal((7, 6, 9, 8, 11, 12, 2048), (options.Concurrency, options.HeartbeatTolerance, options.LossLimit, options.FaultLimit, options.SnoozeLimit, options.MaxPrefetch, options.MaxPayloadBytes));
        Assert.Equal((1, 5, 2, 60, 12), (options.DetectorSleep.Seconds, options.IdleSleep.Seconds, options.HeartbeatSleep.Seconds, options.DrainTime.TotalSeconds, options.LeaseTime.TotalSeconds));
        Assert.Equal(MonitorFailureAction.Shutdown, options.MonitorFailure);
    }

    [Fact]
    public async Task Options_out_of_range_stop_the_start_and_all_are_named()
    {
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseInMemory().AddWorker(), ("Concurrency", "0"), ("HeartbeatTolerance", "2"), ("IdleSleep", "00:00:00"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, error.Failures.Count());
        Assert.Contains("Overseer:Concurrency is 0; it must be between 1 and 10000.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_a_host_checks_its_options_too() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => OverseerWorker.StartAsync(
            new InMemoryJobStore(), Handlers, options: new OverseerOptions { LossLimit = 0 }, cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_is_malformed_misspelt_or_out_of_range_is_named_at_once()
    {
        using var host = Build(
            builder => builder.Services.AddOverseer(Handlers).UseInMemory().AddWorker(),
            ("Concurrency", "many"), ("HeartbeatSleep", "15"), ("monitorfailure", "Panic"), ("LossLimit", "0"), ("Drain-Time", "00:00:01"), ("Region", "north"), ("Store:Path", "x"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                "Overseer:Concurrency is 'many'; it must be a whole number.",
                "Overseer:Drain-Time is no option. Did you mean 'DrainTime'?",
                "Overseer:HeartbeatSleep is '15'; it must be a time span such as 00:00:15 (15 seconds) or 00:00:00.500.",
                "Overseer:LossLimit is 0; it must be between 1 and 1000.",
                "Overseer:MonitorFailure is 'Panic'; it must be Continue or Shutdown.",
            ],
            error.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_has_its_setting() =>
        Assert.Equal(
            typeof(OverseerOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal),
            OptionSetting.All.Select(setting => setting.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Without_a_store_the_start_says_how_to_pick_one()
    {
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).AddWorker());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("UseSqlite(path)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_services_are_listed_with_who_asks_for_them()
    {
        var handlers = new JobHandlerMap([new NeedyHandler("one"), new NeedyHandler("two")]);
        using var host = Build(builder => builder.Services.AddOverseer(handlers).UseInMemory().AddWorker());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("- System.Uri, asked for by Needy.one, Needy.two", error.Message, StringComparison.Ordinal);
        Assert.Contains("- System.Version (key 'v'), asked for by Needy.one, Needy.two", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TimeProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_picked_by_configuration()
    {
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseStore(builder.Configuration, OverseerStore.InMemory), ("Store:Adapter", "Memory"));
        Assert.IsType<InMemoryJobStore>(host.Services.GetRequiredService<IJobStore>());
        await using var store = OverseerStore.Open(Configuration(("Store:Adapter", "memory")), OverseerStore.InMemory);
        Assert.IsType<InMemoryJobStore>(store);
    }

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("oracle", "'oracle', which is no known store")]
    public void An_unknown_store_is_named_with_the_known_ones(string? adapter, string said)
    {
        var error = Assert.Throws<InvalidOperationException>(() => OverseerStore.Open(Configuration(("Store:Adapter", adapter)), OverseerStore.InMemory));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("'memory'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_monitor_may_not_fail_stops_with_it()
    {
        var store = new Worker.HookedStore(new InMemoryJobStore()) { BeforeSweep = () => throw new TimeoutException() };
        using var host = Build(builder => builder.Services.AddOverseer(Handlers).UseStore(_ => store).AddWorker(), ("MonitorFailure", "Shutdown"));
        await host.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_without_a_host_installs_the_store_by_itself()
    {
        await using var store = new InMemoryJobStore();
        var client = new OverseerClient(store, Handlers);
        Assert.Null(await client.FindRunAsync("none", TestContext.Current.CancellationToken));
        var run = await client.TransactAsync(JobGraph.Of([Job.FromJson("a", null, "mine")], "key"), TestContext.Current.CancellationToken);
        Assert.Equal(run.Id, (await client.FindRunAsync("key", TestContext.Current.CancellationToken))!.Id);
        Assert.True(await client.CancelJobAsync(new JobId("mine"), TestContext.Current.CancellationToken));
        Assert.Equal(JobReason.Cancelled, (await client.GetJobAsync(new JobId("mine"), TestContext.Current.CancellationToken))!.Reason);
    }

    [Fact]
    public async Task Asking_for_a_result_that_is_not_there_says_why()
    {
        await using var store = new InMemoryJobStore();
        var client = new OverseerClient(store, Handlers);
        var run = await client.TransactAsync(JobGraph.Of(new Job("a")), TestContext.Current.CancellationToken);
        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => run.ResultAsync(new JobType<Unit, int>("b"), TestContext.Current.CancellationToken));
        Assert.Contains("has no job of type 'b'", none.Message, StringComparison.Ordinal);
        await run.CancelAsync(TestContext.Current.CancellationToken);
        var cancelled = await Assert.ThrowsAsync<InvalidOperationException>(() => run.ResultAsync(new JobType<Unit, int>("a"), TestContext.Current.CancellationToken));
        Assert.Contains("is aborted (cancelled", cancelled.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<HostApplicationBuilder> configure, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"Overseer:{setting.Key}", setting => setting.Value));
        configure(builder);
        return builder.Build();
    }

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => $"Overseer:{setting.Key}", setting => setting.Value)).Build();

    private sealed class NeedyHandler : JobHandler<Unit, Unit>
    {
        public NeedyHandler(string type)
            : base(type, $"Needy.{type}") => Services = [new ServiceNeed(typeof(Uri)), new ServiceNeed(typeof(Version), "v"), new ServiceNeed(typeof(TimeProvider))];

        protected internal override JobStages<Unit> Open(JobAttempt attempt) => throw new NotSupportedException();
    }
}
