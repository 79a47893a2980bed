using Xunit;

namespace Overseer.Faults.Tests;

/// <summary>Every fault that needs no more than seconds, with a fixed seed. Split, so that a few run side by side.</summary>
public abstract class ScenarioTests
{
    private const int Parts = 3;

    protected static TheoryData<string> Part(int part) => [.. ScenarioList.All.Where(scenario => !scenario.IsLong).Select(scenario => scenario.Name).Where((_, i) => i % Parts == part)];

    protected static async Task HoldsAsync(string scenario)
    {
        var (exitCode, said) = await FaultProgram.RunAsync(scenario, "--seed", "1");
        Assert.True(exitCode == 0, said);
        Assert.Contains("1 good, 0 bad", said, StringComparison.Ordinal);
    }
}

public sealed class FirstScenarioTests : ScenarioTests
{
    public static TheoryData<string> Names => Part(0);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Everything_holds(string scenario) => HoldsAsync(scenario);
}

public sealed class SecondScenarioTests : ScenarioTests
{
    public static TheoryData<string> Names => Part(1);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Everything_holds(string scenario) => HoldsAsync(scenario);
}

public sealed class ThirdScenarioTests : ScenarioTests
{
    public static TheoryData<string> Names => Part(2);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Everything_holds(string scenario) => HoldsAsync(scenario);
}
