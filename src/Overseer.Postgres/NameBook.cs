using System.Collections.Concurrent;
using Npgsql;
using Overseer.Postgres.Sql;

namespace Overseer.Postgres;

/// <summary>The numbers of job types and graphs in the database, remembered. Thread-safe.</summary>
/// <remarks>New names are added in a transaction of their own, so that nobody waits for whoever keeps a transaction open.</remarks>
internal sealed class NameBook(PostgresDatabase database)
{
    private readonly ConcurrentDictionary<string, int> types = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<int, string> typeNames = new();

    private readonly ConcurrentDictionary<(string Name, string Version), int> graphs = new();

    private readonly ConcurrentDictionary<int, string> graphNames = new();

    public void Forget()
    {
        types.Clear();
        typeNames.Clear();
        graphs.Clear();
        graphNames.Clear();
    }

    /// <summary>Learns the numbers of these types, adding those that are new.</summary>
    public async ValueTask KnowTypesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        HashSet<string>? missing = null;
        foreach (var name in names)
        {
            if (!types.ContainsKey(name)) (missing ??= new(StringComparer.Ordinal)).Add(name);
        }

        if (missing is null) return;
        string[] wanted = [.. missing];
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.ExecuteAsync(connection, NameSql.AddTypes, [Values.Of(wanted)], cancellationToken);
        await LearnTypesAsync(connection, NameSql.Types, Values.Of(wanted), cancellationToken);
    }

    /// <summary>Learns the numbers of these graphs, adding those that are new.</summary>
    public async ValueTask KnowGraphsAsync(IEnumerable<(string Name, string Version)> wanted, CancellationToken cancellationToken)
    {
        HashSet<(string Name, string Version)>? missing = null;
        foreach (var graph in wanted)
        {
            if (!graphs.ContainsKey(graph)) (missing ??= []).Add(graph);
        }

        if (missing is null) return;
        string[] names = [.. missing.Select(graph => graph.Name)];
        string[] versions = [.. missing.Select(graph => graph.Version)];
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.ExecuteAsync(connection, NameSql.AddGraphs, [Values.Of(names), Values.Of(versions)], cancellationToken);
        await database.QueryAsync(
            connection, NameSql.Graphs, [Values.Of(names), Values.Of(versions)],
            rows =>
            {
                while (rows.Read())
                {
                    graphs[(rows.GetString(1), rows.GetString(2))] = rows.GetInt32(0);
                    graphNames[rows.GetInt32(0)] = rows.GetString(1);
                }

                return true;
            },
            cancellationToken);
    }

    public int TypeOf(string name) => types[name];

    public int GraphOf(string name, string version) => graphs[(name, version)];

    public string TypeName(int type) => typeNames[type];

    public string GraphName(int graph) => graphNames[graph];

    /// <summary>Learns what these numbers, read from rows, stand for.</summary>
    /// <param name="typeNumbers">Of job types.</param>
    /// <param name="graphNumbers">Of graphs.</param>
    /// <param name="connection">The one that the caller holds, if any: a second one might never come where the pool is small.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask KnowAsync(IEnumerable<int> typeNumbers, IEnumerable<int> graphNumbers, NpgsqlConnection? connection, CancellationToken cancellationToken)
    {
        var unknownTypes = Unknown(typeNumbers, typeNames);
        var unknownGraphs = Unknown(graphNumbers, graphNames);
        if (unknownTypes.Length == 0 && unknownGraphs.Length == 0) return;
        await using var own = connection is null ? await database.OpenAsync(cancellationToken) : null;
        connection ??= own!;
        if (unknownTypes.Length > 0) await LearnTypesAsync(connection, NameSql.TypesById, Values.Of(unknownTypes), cancellationToken);
        if (unknownGraphs.Length == 0) return;
        await database.QueryAsync(
            connection, NameSql.GraphsById, [Values.Of(unknownGraphs)],
            rows =>
            {
                while (rows.Read()) graphNames[rows.GetInt32(0)] = rows.GetString(1);
                return true;
            },
            cancellationToken);
    }

    private static int[] Unknown(IEnumerable<int> numbers, ConcurrentDictionary<int, string> known)
    {
        HashSet<int>? unknown = null;
        foreach (var number in numbers)
        {
            if (!known.ContainsKey(number)) (unknown ??= []).Add(number);
        }

        return unknown is null ? [] : [.. unknown];
    }

    private Task<bool> LearnTypesAsync(NpgsqlConnection connection, string sql, NpgsqlParameter which, CancellationToken cancellationToken) => database.QueryAsync(
        connection, sql, [which],
        rows =>
        {
            while (rows.Read())
            {
                types[rows.GetString(1)] = rows.GetInt32(0);
                typeNames[rows.GetInt32(0)] = rows.GetString(1);
            }

            return true;
        },
        cancellationToken);
}
