using System.Diagnostics;
using Overseer;

namespace QuickStart;

/// <summary>With <c>--crash</c>: kills the process at the worst moment, when the work is done and nobody knows yet.</summary>
public sealed class CrashPoint(CommandLine commandLine) : IJobHarness
{
    private const string ShowCursor = "\e[?25h";

    /// <summary>Runs the stage, then dies if it is to.</summary>
    public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
    {
        var result = await stage(job);
        if (!commandLine.Crash) return result;
        if (!Console.IsOutputRedirected) Console.Write(ShowCursor);
        Console.WriteLine($"\nKilling this process in the middle of '{job.Type}'. Start it again without --crash.");
        Console.Out.Flush();
        Process.GetCurrentProcess().Kill();
        return result;
    }
}
