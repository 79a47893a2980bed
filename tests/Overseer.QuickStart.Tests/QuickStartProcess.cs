using System.Diagnostics;
using System.Globalization;
using QuickStart;

namespace Overseer.QuickStart.Tests;

/// <summary>The sample in a process of its own, which a test can signal.</summary>
internal sealed class QuickStartProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly List<string> lines = [];

    public QuickStartProcess(string folder, TimeSpan pace)
    {
        process = Process.Start(new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(CommandLine).Assembly.Location,
                "--folder", folder, "--pace", pace.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            },
        })!;
    }

    /// <summary>What it has said so far.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Reads what it says until a line begins so.</summary>
    public async Task HearAsync(string beginning)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException($"It ended without a line that begins with '{beginning}':\n{Output}\n{await process.StandardError.ReadToEndAsync()}");
    }

    /// <param name="signal">As <c>kill</c> names it, such as <c>INT</c>.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        lines.Add(await output);
        lines.Add(await errors);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
