using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed partial class SqliteSchemaTests : SqliteTests
{
    // A shipped migration is frozen: whoever installed it will never see a change of it. A new schema is a new file.
    private static readonly Dictionary<string, string> Shipped = new()
    {
        ["0001_initial.sql"] = "f8c1d18a21db82ced1433a84fe61576fc36bcefeafd7333b9538ca9bffefd2f4",
    };

    [Fact]
    public void No_shipped_migration_was_changed() =>
        Assert.Equal(Shipped, Migration.All.ToDictionary(migration => migration.Name, migration => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(migration.Sql)))));

    [Fact]
    public void Migrations_are_numbered_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Version));

    [Fact]
    public async Task Each_migration_writes_its_version()
    {
        await OpenInstalledAsync();

        Assert.Equal(
            Migration.All.Select(migration => migration.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            TestFolder.Query(File, "SELECT version FROM overseer_schema ORDER BY version").Select(row => row[0]));
    }

    public static TheoryData<string> Statements =>
        [.. typeof(InstallSql).Assembly.GetTypes().Where(type => type.Namespace == typeof(InstallSql).Namespace).SelectMany(NamesOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Every_statement_prepares_against_a_fresh_schema(string statement)
    {
        await OpenInstalledAsync();
        using var connection = TestFolder.Connect(File);
        Prepare(connection, InstallSql.CreateClosing).ExecuteNonQuery();

        Prepare(connection, SqlOf(statement)).Prepare();
    }

    [Fact]
    public async Task The_words_of_the_views_are_those_of_the_code()
    {
        await OpenInstalledAsync();

        Assert.Equal(
            Enum.GetValues<JobStatus>().Select(status => new[] { $"{(int)status}", status.ToWord() }),
            TestFolder.Query(File, "SELECT code, word FROM job_status ORDER BY code"));
        Assert.Equal(
            Enum.GetValues<JobReason>().Select(reason => new[] { $"{(int)reason}", reason.ToWord() }),
            TestFolder.Query(File, "SELECT code, word FROM job_reason ORDER BY code"));
    }

    [Theory]
    [InlineData(nameof(ReserveSql.Ready), "SEARCH job USING INDEX job_ready (type=? AND run_at<?)")]
    [InlineData(nameof(ReserveSql.ReadyWithLosses), "SEARCH job USING INDEX job_ready_with_losses (type=? AND run_at<?)")]
    [InlineData(nameof(ReserveSql.HoldsLosses), "SEARCH job USING INDEX job_started (worker=? AND losses>?)")]
    public async Task A_claim_searches_its_index_and_neither_scans_nor_sorts(string statement, string plan)
    {
        await OpenInstalledAsync();

        Assert.Equal([plan], Plan($"{nameof(ReserveSql)}.{statement}").Select(Covered));
    }

    // What is about a whole run reads a whole run; nothing reads more, and nothing else reads so much.
    private static readonly string[] AboutWholeRuns = ["CancelSql.Collect", "RetrySql.Reopen", "RetrySql.ForgetFailures"];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_reads_more_jobs_than_it_is_about(string statement)
    {
        await OpenInstalledAsync();
        var steps = Plan(statement);

        Assert.DoesNotContain(steps, step => ScanOfData().IsMatch(step) && !step.Contains("job_started", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("AUTOMATIC", StringComparison.Ordinal));
        if (!AboutWholeRuns.Contains(statement)) Assert.DoesNotContain(steps, step => step.EndsWith("(run=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closure_looks_each_dependency_of_a_job_up_once()
    {
        await OpenInstalledAsync();

        // With 'dep=?' in it the index would be searched for every closing job, which is the square of their number.
        Assert.Contains(Plan("CloseSql.Abort"), step => step.EndsWith("edge_by_dependent (run=? AND no=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_view_of_runs_reads_runs_only()
    {
        await OpenInstalledAsync();

        Assert.Equal([["SCAN run"]], TestFolder.Query(File, "EXPLAIN QUERY PLAN SELECT * FROM run_view").Select(row => new[] { row[3] }));
    }

    // The alias c is the temporary table of what is being closed.
    [GeneratedRegex(@"^SCAN (job|edge|run|job_\w+|[abd-z][a-z]?)\b")]
    private static partial Regex ScanOfData();

    // Of the newest SQLite an index is COVERING where of an older one it was not; both search it.
    private static string Covered(string step) => step.Replace("COVERING INDEX", "INDEX", StringComparison.Ordinal);

    private List<string> Plan(string statement)
    {
        using var connection = TestFolder.Connect(File);
        Prepare(connection, InstallSql.CreateClosing).ExecuteNonQuery();
        var sql = SqlOf(statement);
        if (sql.StartsWith("PRAGMA", StringComparison.Ordinal) || sql.StartsWith("CREATE", StringComparison.Ordinal)) return [];
        using var rows = Prepare(connection, "EXPLAIN QUERY PLAN " + sql).ExecuteReader();
        var steps = new List<string>();
        while (rows.Read()) steps.Add(rows.GetString(3));
        return steps;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct()) command.Parameters.AddWithValue(name, 1);
        return command;
    }

    private static IEnumerable<string> NamesOf(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => $"{type.Name}.{field.Name}");

    private static string SqlOf(string statement)
    {
        var parts = statement.Split('.');
        return (string)typeof(InstallSql).Assembly.GetType($"{typeof(InstallSql).Namespace}.{parts[0]}")!.GetField(parts[1])!.GetRawConstantValue()!;
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
