using Xunit;

namespace Overseer.QuickStart.Tests;

/// <summary>Ctrl+C and SIGTERM, which the host takes for itself.</summary>
public sealed class StopTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("overseer-stop-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_program_and_the_next_start_goes_on(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to a process.");
        using (var stopped = new QuickStartProcess(folder.FullName, pace: TimeSpan.FromMinutes(1)))
        {
            await stopped.HearAsync("read started");
            await stopped.SignalAsync(signal);

            Assert.Equal(1, await stopped.EndAsync());
            Assert.Contains("Run 1 has not ended (0 of 5 jobs finished), and this host is stopping.", stopped.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", stopped.Output, StringComparison.Ordinal);
        }

        using var next = new QuickStartProcess(folder.FullName, pace: TimeSpan.Zero);
        Assert.Equal(0, await next.EndAsync());
        Assert.Contains("was there already and goes on.", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Held by a worker of before", next.Output, StringComparison.Ordinal);
        Assert.Contains("report finished", next.Output, StringComparison.Ordinal);
    }
}
