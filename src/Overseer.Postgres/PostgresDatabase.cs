using System.Data;
using System.Transactions;
using Npgsql;
using Overseer.Postgres.Sql;

namespace Overseer.Postgres;

/// <summary>The database of a store: opens connections and makes commands for its schema. Thread-safe.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource source;

    private readonly bool isOwned;

    public PostgresDatabase(NpgsqlDataSource source, bool isOwned, PostgresStoreOptions options)
    {
        this.source = source;
        this.isOwned = isOwned;
        Schema = new SchemaName(options.Schema);
        Options = options;
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Role = settings.Username;
        MostConnections = settings.Pooling ? settings.MaxPoolSize : int.MaxValue;
        var place = $"{settings.Host}{(settings.Port == 5432 ? "" : $":{settings.Port}")}/{settings.Database ?? settings.Username}";
        Name = options.Schema == "overseer" ? place : $"{place} ({options.Schema})";
    }

    public SchemaName Schema { get; }

    public PostgresStoreOptions Options { get; }

    /// <summary>Host and database, without secrets.</summary>
    public string Name { get; }

    public string? Role { get; }

    /// <summary>How many connections may be open at once.</summary>
    public int MostConnections { get; }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception error) when (Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    public NpgsqlConnection Open()
    {
        try
        {
            return source.OpenConnection();
        }
        catch (Exception error) when (Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
#pragma warning disable CA2100 // Every statement is a constant; what varies is a parameter, and the schema's name, which has a grammar.
        var command = new NpgsqlCommand(Schema.Of(sql), connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(value);
        return command;
    }

    public NpgsqlBatchCommand BatchCommand(string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
#pragma warning disable CA2100 // As above.
        var command = new NpgsqlBatchCommand(Schema.Of(sql));
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(value);
        return command;
    }

    /// <summary>Runs a statement in a transaction of its own, in one round trip.</summary>
    public async Task<T> QueryAsync<T>(string sql, NpgsqlParameter[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await QueryAsync(connection, sql, values, read, cancellationToken);
    }

    /// <summary>Runs a statement, in the connection's transaction if it has one.</summary>
    public async Task<T> QueryAsync<T>(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, values);
        try
        {
            if (Options.Prepare) await command.PrepareAsync(cancellationToken);
            await using var rows = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
            var answer = read(rows);
            // What comes after the rows may be the error of a commit.
            while (await rows.NextResultAsync(cancellationToken))
            {
            }

            return answer;
        }
        catch (Exception error) when (Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    public async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, values);
        try
        {
            if (Options.Prepare) await command.PrepareAsync(cancellationToken);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception error) when (Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    /// <summary>Runs statements of which the last one answers, all planned as <see cref="PlanSql"/> says; in one round trip, and in one transaction.</summary>
    public async Task<T> QueryByIndexAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        // In a transaction scope of the caller's, on a data source of theirs, the settings would be theirs until it ends.
        var settings = Transaction.Current is null ? 1 : 0;
        if (settings > 0) batch.BatchCommands.Add(BatchCommand(PlanSql.ByIndex));
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        try
        {
            if (Options.Prepare) await batch.PrepareAsync(cancellationToken);
            await using var rows = await batch.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
            for (var i = 1; i < statements.Count + settings; i++) await rows.NextResultAsync(cancellationToken);
            var answer = read(rows);
            while (await rows.NextResultAsync(cancellationToken))
            {
            }

            return answer;
        }
        catch (Exception error) when (Explain(error) is { } unusable)
        {
            throw unusable;
        }
    }

    /// <summary>The refusal that the error calls for; null if it is not about what the database is.</summary>
    public StoreUnusableException? Explain(Exception error) =>
        PostgresErrors.Explain(error, Schema.Name, Role) is { } problem ? new StoreUnusableException(Name, problem, error) : null;

    public ValueTask DisposeAsync() => isOwned ? source.DisposeAsync() : ValueTask.CompletedTask;

    public void Dispose()
    {
        if (isOwned) source.Dispose();
    }
}
