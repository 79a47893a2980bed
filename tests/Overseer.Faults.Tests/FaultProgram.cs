using System.Diagnostics;

namespace Overseer.Faults.Tests;

/// <summary>The program that stages faults, as people run it. Few at a time: what is waited for on a crowded machine comes late.</summary>
internal static class FaultProgram
{
    private static readonly SemaphoreSlim Places = new(3);

    /// <summary>Runs it, and returns its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        await Places.WaitAsync();
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "exec", typeof(Scenario).Assembly.Location } };
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            // These processes live for seconds: to compile again what is called often is a fifth of their time, and never pays (seen: 7.8 s instead of 9.7).
            start.Environment["DOTNET_TC_CallCounting"] = "0";
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            Places.Release();
        }
    }
}
