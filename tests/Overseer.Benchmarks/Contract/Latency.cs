using System.Diagnostics;
using System.Globalization;
using Overseer.Benchmarks.Jobs;

namespace Overseer.Benchmarks.Contract;

/// <summary>How long after the return of an insert in another process the handler begins, on an idle worker.</summary>
internal sealed class Latency(BenchStore store, BenchOptions options, Result result)
{
    private const int WarmUp = 5;

    private readonly int n = options.Number("latency-n", 200, 1);

    private readonly int interval = options.Number("interval-ms", 50);

    /// <summary>In the process that measures.</summary>
    public async Task MeasureAsync(IReadOnlyList<string> arguments)
    {
        Tally.Expect(n + WarmUp + 1, n + WarmUp);
        await using var worker = await new Verbs(store, options, result).StartWorkerAsync();
        await Task.Delay(1000);
        var returned = await ProduceElsewhereAsync(arguments);
        result.IsOk = await Tally.Current.WaitAsync(60);
        var times = Enumerable.Range(0, n).Where(i => returned[i] > 0 && Tally.Current.StartOf(i) > 0).Select(i => (Tally.Current.StartOf(i) - returned[i]) / 1e6).ToList();
        result.Add("n", times.Count);
        result.Add("interval_ms", interval);
        // A handler may begin before the insert has returned.
        result.Add("before_return", times.Count(time => time < 0));
        result.Add("p50_ms", Percentile.Of(times, 0.5));
        result.Add("p99_ms", Percentile.Of(times, 0.99));
        result.Add("max_ms", Percentile.Of(times, 1));
        result.AddCounts(n);
    }

    /// <summary>In the other process: inserts one job after another, and prints when each insert returned.</summary>
    public async Task ProduceAsync()
    {
        var client = new OverseerClient(store.Store, JobHandlers.All);
        for (var i = -WarmUp; i < n; i++)
        {
            var due = Tally.Now() + (interval * 1_000_000L);
            await client.TransactAsync(JobGraph.Of(Job.Create(JobTypes.NoopJob, new Noop(i < 0 ? n - i : i))));
            Console.WriteLine($"{i} {Tally.Now()}");
            var rest = (due - Tally.Now()) / 1_000_000;
            if (rest > 0) await Task.Delay((int)rest);
        }
    }

    private async Task<long[]> ProduceElsewhereAsync(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add("produce");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var returned = new long[n];
        using var child = Process.Start(start)!;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var number, var time] && int.TryParse(number, CultureInfo.InvariantCulture, out var i) && i >= 0)
                returned[i] = long.Parse(time, CultureInfo.InvariantCulture);
        }

        await child.WaitForExitAsync();
        return returned;
    }
}
