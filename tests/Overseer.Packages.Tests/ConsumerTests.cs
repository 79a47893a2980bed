using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Packages.Tests;

/// <summary>What happens to those who install the packages.</summary>
public sealed partial class ConsumerTests(PackedFeed feed, Consumers consumers) : IClassFixture<Consumers>
{
    [Fact]
    public async Task A_new_app_runs_what_the_readme_of_the_package_shows()
    {
        for (var start = 0; start < 2; start++)
        {
            var output = await consumers.RunAsync("FirstRun");
            Assert.Contains("run 1 finished: 3 of 3 jobs finished", output, StringComparison.Ordinal);
            Assert.Contains("Order 7: 59.70 + 11.34 tax = 71.04", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_app_runs_what_the_guide_shows_first() =>
        Assert.Contains("Published 10 rows", await consumers.RunAsync("Reports"), StringComparison.Ordinal);

    [Fact]
    public async Task An_app_that_references_a_project_of_handlers_needs_no_more_setup()
    {
        var output = await consumers.RunAsync("ByProject");
        Assert.Contains("13 doubled is 26", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_installs_a_package_of_handlers_needs_no_more_setup()
    {
        var (code, built) = await consumers.BuildAsync("ByPackage");
        Assert.True(code == 0, built);
        Assert.Contains("13 doubled is 26", await consumers.RunAsync("ByPackage"), StringComparison.Ordinal);
        OnlyThePackedPartsAreLoaded("ByPackage");
    }

    [Theory]
    [InlineData("FirstRun")]
    [InlineData("Reports")]
    [InlineData("Handlers")]
    [InlineData("ByProject")]
    public void The_compiler_loads_what_is_packed(string project) => OnlyThePackedPartsAreLoaded(project);

    [Fact]
    public async Task A_missing_handler_is_one_error()
    {
        var (code, output) = await consumers.BuildAsync("Broken");
        Assert.NotEqual(0, code);
        var error = Assert.Single(Problems(output));
        Assert.Contains("Program.cs(18,2): error OVS201: ", error, StringComparison.Ordinal);
        Assert.Contains("Extract, which is not a job handler", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CompilerApiVersion=roslyn4.14", "error OVERSEER001: Overseer needs the .NET SDK 10 (Roslyn 5.0 or later)")]
    [InlineData("LangVersion=13", "error OVERSEER002: Overseer needs C# 14")]
    public async Task A_compiler_or_language_that_is_too_old_is_one_error_that_says_what_to_do(string property, string expected)
    {
        var (code, output) = await consumers.BuildAsync("Handlers", "--no-restore", "-p:" + property);
        Assert.NotEqual(0, code);
        var error = Assert.Single(Problems(output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("Handlers.csproj", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_language_is_new_enough()
    {
        var (code, output) = await consumers.BuildAsync("Handlers", "--no-restore", "-t:CheckOverseerCompiler", "-p:LangVersion=latest");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_lock_file_is_found_written_and_held_against_the_code()
    {
        var (file, code) = (consumers.PathOf("Locked", "overseer.lock.json"), consumers.PathOf("Locked", "Handlers.cs"));
        Assert.Empty(await BuildLockedAsync());

        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        Assert.Contains("overseer.lock.json(1,1): warning OVS603: overseer.lock.json is behind the code: it locks nothing yet;", Assert.Single(await BuildLockedAsync()), StringComparison.Ordinal);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        Assert.Contains("error OVS603: overseer.lock.json cannot be written: it is read-only;", Assert.Single(await BuildLockedAsync("-p:UpdateOverseerLock=true")), StringComparison.Ordinal);
        File.SetAttributes(file, FileAttributes.Normal);
        Assert.Empty(await BuildLockedAsync("-p:UpdateOverseerLock=true"));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("\"Pieces\": \"int\"", text, StringComparison.Ordinal);
        Assert.Empty(await BuildLockedAsync());

        await EditAsync(code, "\"bill\"", "\"invoice\"");
        Assert.Contains("overseer.lock.json(", Assert.Single(await BuildLockedAsync("-p:UpdateOverseerLock=true"), problem => problem.Contains("error OVS601: Job type 'bill' is stored", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

        await EditAsync(code, "\"invoice\"", "\"invoice\", Formerly = [\"bill\"]");
        Assert.Contains("warning OVS603", Assert.Single(await BuildLockedAsync()), StringComparison.Ordinal);
        Assert.Empty(await BuildLockedAsync("-p:UpdateOverseerLock=true"));
        Assert.Empty(await BuildLockedAsync());

        // As the page of the diagnostic says.
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(consumers.PathOf("Locked", ".globalconfig"), "is_global = true\ndotnet_diagnostic.OVS603.severity = none\n", TestContext.Current.CancellationToken);
        Assert.Empty(await BuildLockedAsync());
    }

    private async Task<IReadOnlyList<string>> BuildLockedAsync(params string[] options) =>
        [.. Problems((await consumers.BuildAsync("Locked", ["--no-restore", .. options])).Output)];

    private static async Task EditAsync(string path, string old, string replacement) =>
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace(old, replacement, StringComparison.Ordinal), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Problems(string output) =>
        output.Split('\n').Select(line => line.Trim()).Where(line => Problem().IsMatch(line)).Distinct();

    private void OnlyThePackedPartsAreLoaded(string project)
    {
        using var package = feed.Open("Overseer");
        var loaded = consumers.AnalyzersOf(project).ToArray();
        Assert.Equal(Repository.CompilerParts.Order(StringComparer.Ordinal), loaded.Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
        foreach (var path in loaded)
        {
            Assert.StartsWith(Path.Combine(consumers.Packages, "overseer", feed.Version), path, StringComparison.Ordinal);
            Assert.Equal(package.Bytes($"analyzers/dotnet/cs/{Path.GetFileName(path)}"), File.ReadAllBytes(path));
        }
    }

    [GeneratedRegex(@": (error|warning) [A-Z]+\d*:")]
    private static partial Regex Problem();
}
