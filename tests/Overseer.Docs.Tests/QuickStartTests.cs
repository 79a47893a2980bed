using Xunit;

namespace Overseer.Docs.Tests;

/// <summary>Runs the QuickStart sample as its readers do.</summary>
public sealed class QuickStartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("overseer-quickstart-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_writes_the_report_and_a_second_start_runs_nothing()
    {
        var (code, output) = await RunAsync("--pace", "0");
        Assert.True(code == 0, output);
        Assert.Contains("Run 1 with key 'seattle' is new.", output, StringComparison.Ordinal);
        Assert.Contains("report finished", output, StringComparison.Ordinal);
        var report = new FileInfo(Path.Combine(folder.FullName, "quickstart-output", "report.html"));
        Assert.True(report.Exists);
        var written = report.LastWriteTimeUtc;

        var (again, said) = await RunAsync("--pace", "0");
        report.Refresh();
        Assert.True(again == 0, said);
        Assert.Contains("nothing runs", said, StringComparison.Ordinal);
        Assert.DoesNotContain("started", said, StringComparison.Ordinal);
        Assert.Equal(written, report.LastWriteTimeUtc);
    }

    [Fact]
    public async Task A_killed_run_goes_on_and_runs_nothing_that_had_finished()
    {
        var (killed, output) = await RunAsync("--pace", "0", "--crash");
        Assert.NotEqual(0, killed);
        Assert.Contains("Killing this process in the middle of 'extremes'", output, StringComparison.Ordinal);

        var (code, said) = await RunAsync("--pace", "0");
        Assert.True(code == 0, said);
        Assert.Contains("Finished before, and not run again: read, clean", said, StringComparison.Ordinal);
        foreach (var type in new[] { "read", "clean" })
        {
            Assert.DoesNotContain($"{type} started", said, StringComparison.Ordinal);
            Assert.DoesNotContain($"{type} finished", said, StringComparison.Ordinal);
        }

        Assert.Contains("extremes finished", said, StringComparison.Ordinal);
        Assert.Contains("Report: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_is_wrong_fails_the_run_and_says_where()
    {
        var data = Path.Combine(folder.FullName, "wrong.csv");
        await File.WriteAllTextAsync(data, "date,precipitation,temp_max,temp_min,wind,weather\n2020-02-30,0,1,2,3,rain\n", TestContext.Current.CancellationToken);

        var (code, output) = await RunAsync("--pace", "0", "--data", data);

        Assert.Equal(1, code);
        Assert.Contains("line 2, date: '2020-02-30'; must be a date such as 2012-01-31", output, StringComparison.Ordinal);
        Assert.Contains("Start with --retry", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(data, "date,precipitation,temp_max,temp_min,wind,weather\n2020-02-28,0,3,2,3,rain\n", TestContext.Current.CancellationToken);
        var (retried, said) = await RunAsync("--pace", "0", "--data", data, "--retry");
        Assert.True(retried == 0, said);
        Assert.Contains("Tried again: 5 jobs.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_printed_holds_nothing_of_the_environment_and_of_values_that_are_right()
    {
        const string Canary = "c4n4ry-of-the-sample";
        Environment.SetEnvironmentVariable("Overseer__Store__ConnectionString", $"Data Source=x;Password={Canary}");
        var data = Path.Combine(folder.FullName, "wrong.csv");
        await File.WriteAllTextAsync(data, $"date,precipitation,temp_max,temp_min,wind,weather,note\n2020-02-30,0,1,2,3,rain,{Canary}\n", TestContext.Current.CancellationToken);

        var (code, output) = await RunAsync("--pace", "0", "--data", data);

        Assert.Equal(1, code);
        Assert.Contains("line 2, date", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_is_printed()
    {
        var (code, output) = await RunAsync("--graph");
        Assert.Equal(0, code);
        Assert.Contains("report    after clean, climate, extremes", output, StringComparison.Ordinal);
        Assert.Contains("flowchart LR", output, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task An_unknown_option_is_a_usage_error()
    {
        var (code, output) = await RunAsync("--bogus");
        Assert.Equal(2, code);
        Assert.Contains("There is no option '--bogus'.", output, StringComparison.Ordinal);
        Assert.Contains("Usage: ", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => Repository.RunSampleAsync("QuickStart", folder.FullName, arguments);
}
