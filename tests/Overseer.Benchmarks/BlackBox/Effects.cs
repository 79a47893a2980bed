using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Overseer.Benchmarks.Contract;

namespace Overseer.Benchmarks.BlackBox;

/// <summary>What handlers did, written outside the store's transactions: one row per run of a handler, whatever became of it. Thread-safe.</summary>
internal sealed class Effects
{
    private readonly Func<DbConnection> connect;

    private readonly string insert;

    private readonly string end;

    private readonly string worker = $"{Environment.MachineName}/{Environment.ProcessId}";

    private Effects(Func<DbConnection> connect, string insert, string end)
    {
        this.connect = connect;
        this.insert = insert;
        this.end = end;
    }

    public static Effects? Current { get; set; }

    public static async Task<Effects> OpenAsync(BenchStore store)
    {
        var effects = store.ConnectionString is { } database
            ? new Effects(
                () => new NpgsqlConnection(database),
                "INSERT INTO bench_effects (job_id, type, attempt, worker, started_at) VALUES (@job, @type, @attempt, @worker, clock_timestamp())",
                "UPDATE bench_effects SET ended_at = clock_timestamp() WHERE job_id = @job AND attempt = @attempt AND worker = @worker AND ended_at IS NULL")
            : new Effects(
                () => new SqliteConnection($"Data Source={store.File}.effects"),
                "INSERT INTO bench_effects (job_id, type, attempt, worker, started_at) VALUES (@job, @type, @attempt, @worker, strftime('%Y-%m-%dT%H:%M:%fZ'))",
                "UPDATE bench_effects SET ended_at = strftime('%Y-%m-%dT%H:%M:%fZ') WHERE job_id = @job AND attempt = @attempt AND worker = @worker AND ended_at IS NULL");
        const string Table = """
            CREATE TABLE IF NOT EXISTS bench_effects (
              job_id text NOT NULL, type text NOT NULL, attempt int NOT NULL, worker text NOT NULL, started_at timestamptz NOT NULL, ended_at timestamptz)
            """;
        await effects.ExecuteAsync(Table, default, CancellationToken.None);
        return effects;
    }

    public async Task<Effect> StartAsync(JobContext job, CancellationToken cancellationToken)
    {
        var effect = new Effect(job.Id.Value, job.Type, job.Attempt);
        await ExecuteAsync(insert, effect, cancellationToken);
        return effect;
    }

    public Task EndAsync(Effect effect, CancellationToken cancellationToken) => ExecuteAsync(end, effect, cancellationToken);

    private async Task ExecuteAsync(string sql, Effect effect, CancellationToken cancellationToken)
    {
        await using var connection = connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (effect.Job is not null)
        {
            Add(command, "job", effect.Job);
            Add(command, "type", effect.Type);
            Add(command, "attempt", effect.Attempt);
            Add(command, "worker", worker);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>One run of a handler.</summary>
    internal readonly record struct Effect(string Job, string Type, int Attempt);
}
