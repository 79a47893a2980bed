using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Overseer;

namespace QuickStart;

/// <summary>One start of the program: takes the run or makes it, works until it has ended, and says what came out.</summary>
internal sealed class Session(IHost host, CommandLine line)
{
    private readonly OverseerOptions options = host.Services.GetRequiredService<IOptions<OverseerOptions>>().Value;

    /// <returns>The exit code: 0 if the run finished, else 1.</returns>
    /// <exception cref="OperationCanceledException">The host was told to stop (Ctrl+C, SIGTERM) before the run had ended.</exception>
    public async Task<int> RunAsync(JobGraph graph)
    {
        var run = await host.Services.GetRequiredService<IOverseerClient>().TransactAsync(graph);
        var retried = line.Retry && run.AlreadyExisted ? await run.RetryFailedAsync() : 0;
        await GreetAsync(run);
        if (line.Retry) Console.WriteLine(retried == 0 ? "No job had failed: none is tried again." : $"Tried again: {Words.Count(retried, "job")}.");
        if ((await run.GetAsync()).Status == RunStatus.Active) await WorkAsync(run);

        var outcome = await run.WaitAsync();
        if (outcome.IsFinished)
        {
            await Summary.PrintAsync(run);
            return 0;
        }

        Console.Error.WriteLine(outcome);
        Console.Error.WriteLine("Start with --retry to try the failed jobs again, or with --reset to begin anew.");
        return 1;
    }

    private async Task GreetAsync(RunHandle run)
    {
        var name = $"Run {run.Id} with key '{line.Key}'";
        if (!run.AlreadyExisted)
        {
            Console.WriteLine($"{name} is new.");
            return;
        }

        if ((await run.GetAsync()).Status != RunStatus.Active)
        {
            Console.WriteLine($"{name} was there already and has ended: nothing runs. Another --key makes another run.");
            return;
        }

        Console.WriteLine($"{name} was there already and goes on.");
        if (await TypesAsync(run, JobStatus.Finished) is { Length: > 0 } finished) Console.WriteLine($"Finished before, and not run again: {finished}.");
        if (await TypesAsync(run, JobStatus.Started) is { Length: > 0 } started)
        {
            Console.WriteLine($"Held by a worker of before: {started}. If that is dead it is missed {options.LeaseTime.TotalSeconds:0} s after its last heartbeat.");
        }
    }

    private static async Task<string> TypesAsync(RunHandle run, JobStatus status)
    {
        var types = new List<string>();
        await foreach (var job in run.JobsAsync())
        {
            if (job.Status == status) types.Add(job.Type);
        }

        return string.Join(", ", types);
    }

    private async Task WorkAsync(RunHandle run)
    {
        await host.StartAsync();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var watcher = new RunWatcher(run, options, host.Services.GetRequiredService<TimeProvider>(), stopping);
        await (Console.IsOutputRedirected ? watcher.WatchAsync(new PlainView()) : LiveView.WatchAsync(watcher));
        await host.StopAsync();
    }
}
