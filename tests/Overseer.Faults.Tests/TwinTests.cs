using System.Reflection;
using Xunit;

namespace Overseer.Faults.Tests;

/// <summary>A checker that finds nothing wrong with an engine that lacks a guard is no check.</summary>
public sealed class TwinTests
{
    public static TheoryData<string> Names => [.. Twins.All.Select(twin => twin.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_twin_is_caught(string twin)
    {
        var (exitCode, said) = await FaultProgram.RunAsync(twin, "--seed", "1");
        Assert.True(exitCode == 0, said);
        Assert.Contains($"{twin}: caught by", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_twin_changes_statements_that_are_there(string name)
    {
        var twin = Twin.Find(name);
        Assembly[] stores = [typeof(PostgresJobStore).Assembly, typeof(SqliteJobStore).Assembly];
        var statements = stores.SelectMany(store => store.GetTypes())
            .Where(type => type.Namespace is "Overseer.Postgres.Sql" or "Overseer.Sqlite.Sql")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(stores.SelectMany(Migrations))
            .ToList();
        Assert.All(twin.Changes, change => Assert.Contains(statements, sql => Twin.Place(change.Text).IsMatch(sql)));
    }

    [Fact]
    public void Each_invariant_that_can_be_broken_here_has_a_twin()
    {
        var broken = Twins.All.SelectMany(twin => twin.Invariants).ToHashSet();
        // I12 is about schedules, which do not exist yet.
        Assert.All(Enumerable.Range(1, 14).Where(number => number != 12), number => Assert.Contains($"I{number}", broken));
    }

    [Fact]
    public void Each_twin_has_its_scenario() => Assert.All(Twins.All, twin => Assert.NotNull(ScenarioList.Find(twin.Scenario)));

    private static IEnumerable<string> Migrations(Assembly store) => store.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Select(name =>
    {
        using var reader = new StreamReader(store.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    });
}
