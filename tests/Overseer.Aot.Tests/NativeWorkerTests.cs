using Xunit;

namespace Overseer.Aot.Tests;

public sealed class NativeWorkerTests(PublishedWorker worker) : IClassFixture<PublishedWorker>
{
    [Fact]
    public void Publishing_gives_no_trim_or_AOT_warning()
    {
        Assert.Contains("Generating native code", worker.Log, StringComparison.Ordinal);
        Assert.Empty(worker.Warnings);
    }

    [Fact]
    public async Task A_native_worker_runs_a_graph_and_finds_it_again_by_its_key()
    {
        var (code, output) = await worker.RunAsync("trips.db");
        Assert.True(code == 0, output);
        Assert.Contains("run 1 finished: 3 of 3 jobs finished", output, StringComparison.Ordinal);
        Assert.Contains("Ada: 198 km by Train, 83 km by Bicycle; the longest way was to Home.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("There already", output, StringComparison.Ordinal);

        (code, output) = await worker.RunAsync("trips.db");
        Assert.True(code == 0, output);
        Assert.Contains("There already: run 1 finished", output, StringComparison.Ordinal);
        Assert.Contains("the longest way was to Home.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_worker_ends_a_run_that_was_stored_and_begun_under_former_names()
    {
        await FirstRelease.BeginAsync(worker.PathOf("first.db"), key: "ada-2026-10");
        var (code, output) = await worker.RunAsync("first.db");
        Assert.True(code == 0, output);
        Assert.Contains("There already: run 1 finished: 3 of 3 jobs finished", output, StringComparison.Ordinal);
        Assert.Contains("Ada: 198 km by Train, 83 km by Bicycle; the longest way was to Home.", output, StringComparison.Ordinal);
    }
}
