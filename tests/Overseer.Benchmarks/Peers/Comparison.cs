using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Overseer.Benchmarks.Contract;

namespace Overseer.Benchmarks.Peers;

/// <summary>Overseer beside its peers from NuGet, on the reader's own PostgreSQL: every figure of one process, in a database of its own, in turns.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(BenchOptions options, TextWriter output)
    {
        if (BenchStore.Open(options.Url) is not { ConnectionString: { } admin } opened) throw new UsageException("compare needs a PostgreSQL server: --url postgres://user@host:port/database.");
        await opened.DisposeAsync();
        var (n, rounds) = (options.Number("n", 2000, 1), options.Number("rounds", 3, 1, 100));
        var figures = new Dictionary<string, List<Figures>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var make in Peers)
            {
                var (peer, measured) = await MeasureAsync(admin, make, n, options.Concurrency);
                if (!figures.TryGetValue(peer, out var known)) figures.Add(peer, known = []);
                known.Add(measured);
            }
        }

        await output.WriteLineAsync($"{n} no-op jobs, {options.Concurrency} at once, chains of 10, medians of {rounds}:\n");
        await output.WriteLineAsync("| peer | insert, jobs/s | work, jobs/s | chains, jobs/s | pick-up p50, ms |\n|---|---|---|---|---|");
        foreach (var (peer, known) in figures)
        {
            await output.WriteLineAsync(
                $"| {peer} | {Median(known, each => each.InsertsPerSecond)} | {Median(known, each => each.JobsPerSecond)} | {Median(known, each => each.ChainJobsPerSecond)} | {Median(known, each => each.PickUpMilliseconds, 1)} |");
        }

        return 0;
    }

    private static IReadOnlyList<Func<string, int, IPeer>> Peers { get; } =
    [
        (database, concurrency) => new OverseerPeer(database, concurrency),
        (database, concurrency) => new HangfirePeer(database, concurrency),
        (database, concurrency) => new QuartzPeer(database, concurrency),
    ];

    private static async Task<(string Peer, Figures Figures)> MeasureAsync(string admin, Func<string, int, IPeer> make, int n, int concurrency)
    {
        var name = "bench_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(admin, $"CREATE DATABASE {name}");
        try
        {
            await using var peer = make(new NpgsqlConnectionStringBuilder(admin) { Database = name, MaxPoolSize = concurrency + 20 }.ConnectionString, concurrency);
            await peer.InstallAsync();
            // Peers of some hundred jobs a second get fewer, or a round would take minutes.
            var jobs = peer.IsSlow ? Math.Max(1, n / 4) : n;
            PeerTally.Expect(jobs);
            var watch = Stopwatch.StartNew();
            await peer.InsertAsync(jobs);
            var inserts = jobs / watch.Elapsed.TotalSeconds;
            watch.Restart();
            await peer.StartAsync();
            await PeerTally.WaitAsync();
            var work = jobs / watch.Elapsed.TotalSeconds;
            var chains = Math.Max(1, jobs / 20);
            PeerTally.Expect(chains * 10);
            watch.Restart();
            await peer.InsertChainsAsync(chains, length: 10);
            await PeerTally.WaitAsync();
            var chain = chains * 10 / watch.Elapsed.TotalSeconds;
            var pickUps = new List<double>();
            for (var i = 0; i < 20; i++)
            {
                PeerTally.Expect(1);
                watch.Restart();
                await peer.InsertAsync(1);
                await PeerTally.WaitAsync();
                pickUps.Add(watch.Elapsed.TotalMilliseconds);
            }

            return (peer.Name, new Figures(inserts, work, chain, Percentile.Of(pickUps, 0.5)));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(admin, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Median(IEnumerable<Figures> figures, Func<Figures, double> of, int digits = 0) =>
        Math.Round(Percentile.Of(figures.Select(of), 0.5), digits).ToString($"N{digits}", CultureInfo.InvariantCulture);

    private sealed record Figures(double InsertsPerSecond, double JobsPerSecond, double ChainJobsPerSecond, double PickUpMilliseconds);
}
