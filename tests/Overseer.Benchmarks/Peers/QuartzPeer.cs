using Quartz;

namespace Overseer.Benchmarks.Peers;

internal sealed class QuartzPeer(string database, int concurrency) : IPeer
{
    private IScheduler? scheduler;

    private int inserted;

    public string Name => "Quartz";

    public bool IsSlow => true;

    // As many triggers a round as may run at once, and a look every second, the least that it allows.
    public async Task InstallAsync()
    {
        scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "bench";
                options.GenerateInstanceId = true;
                options.MaxBatchSize = concurrency;
                options.IdleWaitTime = TimeSpan.FromSeconds(1);
            });
            quartz.UseDefaultThreadPool(concurrency);
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(options => options.MisfireThreshold = TimeSpan.FromMinutes(10));
                store.UsePostgres(database);
                store.UseClustering();
                store.ProvisionSchema();
            });
        }).BuildScheduler();
    }

    public async Task InsertAsync(int jobs)
    {
        foreach (var names in Enumerable.Range(0, jobs).Select(_ => ++inserted).Chunk(1000))
            await InsertAsync([.. names.Select(name => TriggerBuilder.Create().WithIdentity($"{name}").ForJob("count").StartNow().Build())]);
    }

    public async Task InsertChainsAsync(int chains, int length)
    {
        for (var chain = 0; chain < chains; chain++)
        {
            inserted++;
            await InsertAsync([.. Enumerable.Range(0, length).Select(step =>
            {
                var trigger = TriggerBuilder.Create().WithIdentity($"{inserted}-{step}").ForJob("count");
                return (step == 0 ? trigger.StartNow() : trigger.StartAfter(new TriggerKey($"{inserted}-{step - 1}"), ContinuationCondition.OnSuccess)).Build();
            })]);
        }
    }

    public async Task StartAsync() => await scheduler!.Start();

    public async ValueTask DisposeAsync()
    {
        if (scheduler is not null) await scheduler.Shutdown();
    }

    private async Task InsertAsync(ITrigger[] triggers)
    {
        var job = JobBuilder.Create<CountJob>().WithIdentity("count").StoreDurably().Build();
        await scheduler!.ScheduleJobs(new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> { [job] = triggers }, new ScheduleJobOptions { Replace = true });
    }
}
