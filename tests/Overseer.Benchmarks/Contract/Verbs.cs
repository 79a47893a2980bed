using System.Diagnostics;
using Overseer.Benchmarks.Jobs;

namespace Overseer.Benchmarks.Contract;

/// <summary>The verbs of the contract that a runner of benchmarks calls, each in a process of its own.</summary>
internal sealed class Verbs(BenchStore store, BenchOptions options, Result result)
{
    private readonly OverseerClient client = new(store.Store, JobHandlers.All);

    public async Task InstallAsync()
    {
        var watch = Stopwatch.StartNew();
        await store.Store.InstallAsync();
        result.Add("install_ms", watch.Elapsed.TotalMilliseconds, 0);
    }

    public async Task EnqueueAsync()
    {
        var n = options.Number("n", 1000, 1);
        JobGraph[] graphs = options.Has("one-run") ? [JobGraph.Of(Enumerable.Range(0, n).Select(One))] : [.. Enumerable.Range(0, n).Select(i => JobGraph.Of(One(i)))];
        var watch = Stopwatch.StartNew();
        await client.TransactAsync(graphs);
        Stored(n, watch);
        result.Add("bulk", true);
    }

    public async Task EnqueueOneByOneAsync()
    {
        var (n, sent) = (options.Number("n", 1000, 1), 0);
        var watch = Stopwatch.StartNew();
        while (sent < n && watch.Elapsed.TotalSeconds < 3) await client.TransactAsync(JobGraph.Of(One(sent++)));
        Stored(sent, watch);
    }

    public async Task WorkAsync()
    {
        var n = options.Number("n", 1000, 1);
        Tally.Expect(n, n);
        await using var worker = await StartWorkerAsync();
        var boot = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var started = Tally.Now();
        result.IsOk = await Tally.Current.WaitAsync(options.Number("limit", 120));
        var handled = Tally.Now();
        var finished = await store.WaitUntilFinishedAsync(60);
        // Late duplicates would show up here.
        await Task.Delay(300);
        result.Add("n", n);
        result.Add("c", options.Concurrency);
        result.Add("start_ms", boot + ((Tally.Current.First - started) / 1e6), 0);
        result.Add("handlers_jobs_per_s", n / ((handled - Tally.Current.First) / 1e9), 0);
        result.Add("jobs_per_s", finished == 0 ? 0 : n / ((finished - Tally.Current.First) / 1e9), 0);
        result.AddCounts(n);
        if (finished != 0) return;
        result.IsOk = false;
        result.Add("note", "the tables never showed all jobs as finished");
    }

    public async Task ChainAsync()
    {
        var (chains, probes) = (options.Number("chains", 100, 1), options.Number("probes", 5));
        var total = chains * Tally.ChainLength;
        Tally.Expect((chains + probes) * Tally.ChainLength, total);
        var watch = Stopwatch.StartNew();
        await client.TransactAsync([.. Enumerable.Range(0, chains).Select(Chain)]);
        result.Add("enqueue_ms", watch.Elapsed.TotalMilliseconds, 0);
        await using var worker = await StartWorkerAsync();
        result.IsOk = await Tally.Current.WaitAsync(options.Number("limit", 120));
        var seconds = (Tally.Now() - Tally.Current.First) / 1e9;
        result.Add("how", "a run of 10 jobs, each of which depends on the one before");
        result.Add("chains", chains);
        result.Add("length", Tally.ChainLength);
        result.Add("jobs_per_s", Math.Min(Tally.Current.Executed, total) / seconds, 1);
        await Task.Delay(300);
        for (var k = 0; k < probes && result.IsOk; k++)
        {
            Tally.Current.ExpectMore(total + ((k + 1) * Tally.ChainLength));
            await client.TransactAsync(Chain(chains + k));
            result.IsOk = await Tally.Current.WaitAsync(120);
        }

        // The first of several warms up.
        var hops = Tally.Current.Hops(chains + (probes > 1 ? 1 : 0), chains + probes);
        result.Add("hop_p50_ms", Percentile.Of(hops, 0.5));
        result.Add("hop_p99_ms", Percentile.Of(hops, 0.99));
        result.Add("out_of_order", Tally.Current.OutOfOrder(chains + probes));
        result.AddCounts((chains + probes) * Tally.ChainLength);
    }

    public async Task FanAsync()
    {
        var (fans, width) = (options.Number("fans", 5, 1), options.Number("width", 100, 1));
        var total = fans * (width + 2);
        Tally.Expect(total, total);
        var watch = Stopwatch.StartNew();
        await client.TransactAsync([.. Enumerable.Range(0, fans).Select(k => Fan(k, width))]);
        result.Add("enqueue_ms", watch.Elapsed.TotalMilliseconds, 0);
        await using var worker = await StartWorkerAsync();
        result.IsOk = await Tally.Current.WaitAsync(options.Number("limit", 120));
        var seconds = (Tally.Now() - Tally.Current.First) / 1e9;
        result.Add("how", $"a run of {width + 2} jobs: one, {width} that depend on it, and one that depends on these");
        result.Add("fans", fans);
        result.Add("width", width);
        result.Add("jobs_per_s", Tally.Current.Executed / seconds, 1);
        result.AddCounts(total);
    }

    public Task<OverseerWorker> StartWorkerAsync() => OverseerWorker.StartAsync(store.Store, JobHandlers.All, options: BenchWorker.Options(options));

    private void Stored(int n, Stopwatch watch)
    {
        result.Add("n", n);
        result.Add("rows_per_s", n / watch.Elapsed.TotalSeconds, 0);
    }

    private static Job One(int i) => Job.Create(JobTypes.NoopJob, new Noop(i));

    private static JobGraph Chain(int k)
    {
        var graph = new JobGraphBuilder("Chain");
        var last = graph.Add(JobTypes.StepJob, new ChainStep(k, 0));
        for (var number = 1; number < Tally.ChainLength; number++) last = graph.Add(JobTypes.StepJob, new ChainStep(k, number), last);
        return graph.Build();
    }

    private static JobGraph Fan(int k, int width)
    {
        var (graph, first) = (new JobGraphBuilder("Fan"), k * (width + 2));
        var centre = graph.Add(JobTypes.NoopJob, new Noop(first));
        Job[] rays = [.. Enumerable.Range(1, width).Select(i => graph.Add(JobTypes.NoopJob, new Noop(first + i), centre))];
        graph.Add(JobTypes.NoopJob, new Noop(first + width + 1), rays);
        return graph.Build();
    }
}
