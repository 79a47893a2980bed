using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>Several builds, each allowed after the one before: what the first has stored is what the last must not strand.</summary>
public sealed class StepTests
{
    private const string Order = "public sealed record Order(string Item); ";
    private const string Price = "[JobType(\"price\")] public sealed class Price { public int Process(Order order) => 3; } ";
    private const string Bill = "[JobType(\"bill\")] public sealed class Bill { public string Process(Order order) => order.Item; }";

    private static readonly Dictionary<string, (string Stored, string Id, string[] Builds)> Cases = new()
    {
        ["a dependency, and then its result"] = ("new Order(\"pens\")", "OVS601",
        [
            Order + Price + Bill,
            Order + Price + Depending(Bill),
            Order + Price + Depending(Bill).Replace("Order order)", "Order order, int price)", StringComparison.Ordinal),
        ]),
        ["a result, and then its taker"] = ("new Order(\"pens\")", "OVS601",
        [
            Order + Price.Replace("int Process(Order order) => 3;", "void Process(Order order) { }", StringComparison.Ordinal) + Depending(Bill),
            Order + Price + Depending(Bill),
            Order + Price + Depending(Bill).Replace("Order order)", "Order order, int price)", StringComparison.Ordinal),
        ]),
        ["a result that goes and comes"] = ("new Order(\"pens\")", "OVS602",
        [
            Order + Price + Depending(Bill),
            Order + Price.Replace("int Process(Order order) => 3;", "void Process(Order order) { }", StringComparison.Ordinal) + Depending(Bill),
            Order + Price.Replace("int Process(Order order) => 3;", "string Process(Order order) => \"3\";", StringComparison.Ordinal) + Depending(Bill).Replace("Order order)", "Order order, string price)", StringComparison.Ordinal),
        ]),
        ["a member that goes and comes"] = ("new Order(\"pens\", 5)", "OVS602",
        [
            "public sealed record Order(string Item, int Size); " + Bill,
            Order + Bill,
            "public sealed record Order(string Item, string? Size = null); " + Bill,
        ]),
        ["a computed member, and then a stored one"] = ("new Order(\"pens\")", "OVS602",
        [
            Order + Bill,
            "public sealed record Order(string Item) { public int Size => Item.Length; } " + Bill,
            "public sealed record Order(string Item, int Size); " + Bill,
        ]),
        ["a member that goes, and then is refused"] = ("new Order(\"pens\", 5)", "OVS602",
        [
            "public sealed record Order(string Item, int Size = 0); " + Bill,
            Order + Bill,
            "[System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)] " + Order + Bill,
        ]),
        ["a name that goes to another"] = ("new Order(\"pens\")", "OVS602",
        [
            Order + Bill,
            Order + Bill.Replace("\"bill\"", "\"invoice\", Formerly = [\"bill\"]", StringComparison.Ordinal),
            Order + Bill.Replace("\"bill\"", "\"invoice\"", StringComparison.Ordinal) + " [JobType(\"bill\")] public sealed class Other { public int Process(int number) => number; }",
        ]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_last_of_several_changes_is_told_of_and_does_harm_when_it_is_forced(string name)
    {
        var (order, id, builds) = Cases[name];
        var locked = "";
        foreach (var build in builds[..^1])
        {
            var check = LockCheck.Of(AppBuild.Compile(build), locked);
            Assert.Empty(check.Findings);
            locked = check.NewText ?? locked;
        }

        Assert.Contains(LockCheck.Of(AppBuild.Compile(builds[^1]), locked).Findings, finding => finding.Id == id);
        var graph = $"JobGraphs.CreateBill({order})";
        using var first = new AppBuild(builds[0], graph);
        using var last = new AppBuild(builds[^1]);
        await using var run = await StoredRun.InsertAsync(first);
        await run.WorkAsync(first, first.CreateGraph().Jobs.Length - 1);
        await run.WorkAsync(last);
        Assert.NotEqual(Ending.Well, (await run.EndAsync()).Words);
    }

    private static string Depending(string handler) => handler.Replace("public sealed class", "[DependsOn<Price>] public sealed class", StringComparison.Ordinal);
}
