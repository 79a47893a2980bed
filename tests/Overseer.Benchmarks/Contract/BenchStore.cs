using Npgsql;
using Overseer.Stores;

namespace Overseer.Benchmarks.Contract;

/// <summary>The store that a benchmark is about, and a look at its tables from outside.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource? database;

    private BenchStore(IJobStore store, NpgsqlDataSource? database)
    {
        Store = store;
        this.database = database;
    }

    public IJobStore Store { get; }

    public string? ConnectionString { get; private init; }

    public string? File { get; private init; }

    /// <exception cref="UsageException">The address is of no store.</exception>
    public static BenchStore Open(string url)
    {
        if (url.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            var file = url["sqlite:".Length..];
            return new BenchStore(new SqliteJobStore(file), database: null) { File = file };
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var place) || place.Scheme is not ("postgres" or "postgresql"))
            throw new UsageException($"--url is '{url}'. It is postgres://user@host:port/database or sqlite:FILE.");
        var user = place.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = place.Host,
            Port = place.Port > 0 ? place.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = place.AbsolutePath.Trim('/'),
        };
        return new BenchStore(new PostgresJobStore(settings.ConnectionString), NpgsqlDataSource.Create(settings.ConnectionString)) { ConnectionString = settings.ConnectionString };
    }

    /// <summary>How many jobs the tables do not show as ended; read in full.</summary>
    public async Task<long> CountUnfinishedAsync()
    {
        if (database is null)
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=false");
            await connection.OpenAsync();
            await using var all = connection.CreateCommand();
            all.CommandText = "SELECT count(*) FROM job WHERE status IN (0, 1)";
            return (long)(await all.ExecuteScalarAsync())!;
        }

        await using var command = database.CreateCommand("SELECT count(*) FROM overseer.job WHERE status IN (0, 1)");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Whether every job has ended. Counts them only when none is ready, so that it may be asked often.</summary>
    public async Task<bool> IsDoneAsync() => await LooksFinishedAsync() && await CountUnfinishedAsync() == 0;

    /// <summary>Waits until the tables show every job as ended: looks often at what costs nothing, and then counts.</summary>
    /// <returns>When that was seen, by the monotonic clock; 0 if it was not.</returns>
    public async Task<long> WaitUntilFinishedAsync(int seconds)
    {
        var limit = Jobs.Tally.Now() + (seconds * 1_000_000_000L);
        while (Jobs.Tally.Now() < limit)
        {
            if (await LooksFinishedAsync())
            {
                var seen = Jobs.Tally.Now();
                if (await CountUnfinishedAsync() == 0) return seen;
            }

            await Task.Delay(5);
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    private async Task<bool> LooksFinishedAsync()
    {
        if (database is null) return true;
        await using var command = database.CreateCommand("SELECT NOT EXISTS (SELECT FROM overseer.ready)");
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
