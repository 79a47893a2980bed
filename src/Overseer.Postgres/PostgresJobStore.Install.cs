using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        names.Forget();
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            if (await FindVersionAsync(connection, cancellationToken) is (_, var version) && version >= Migration.All.Count) return;
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, InstallSql.Lock, cancellationToken);
            var (hasSchema, known) = await FindVersionAsync(connection, cancellationToken);
            if (!hasSchema) await ExecuteAsync(connection, InstallSql.CreateSchema, cancellationToken);
            foreach (var migration in Migration.All.Where(migration => migration.Version > known)) await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException error) when (database.Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    private async Task<(bool HasSchema, int Version)> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (hasSchema, hasVersion) = await ReadAsync(connection, InstallSql.Find, rows => (rows.Read(), rows.GetBoolean(0)).Item2 ? (true, rows.GetBoolean(1)) : (false, false), cancellationToken);
        if (!hasVersion) return (hasSchema, 0);
        var schema = await ReadAsync(connection, InstallSql.CurrentSchema, rows => rows.Read() ? (rows.GetInt32(0), rows.GetInt32(1)) : default((int Version, int OldestWorker)?), cancellationToken);
        if (schema is not var (version, oldestWorker))
            throw new StoreUnusableException(Name, $"schema \"{database.Schema.Name}\" holds no version. Restore it from a backup, or give another schema.");
        if (oldestWorker > Migration.All.Count)
        {
            throw new StoreUnusableException(
                Name,
                $"its schema has version {version}, which asks for at least {oldestWorker}, and this program knows {Migration.All.Count}. "
                + "Update the Overseer packages of this program, or give another schema.");
        }

        return (true, version);
    }

    private async Task<T> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = database.Command(connection, sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return read(rows);
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
