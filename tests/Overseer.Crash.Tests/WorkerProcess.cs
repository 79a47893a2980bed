using System.Diagnostics;
using Overseer.Crash.Worker;

namespace Overseer.Crash.Tests;

/// <summary>A worker in a process of its own, which a test can kill.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly SemaphoreSlim said = new(0);

    public WorkerProcess(string file, string? until = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(StepJob).Assembly.Location, file },
        };
        if (until is not null) start.ArgumentList.Add(until);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Errors += e.Data is null ? "" : e.Data + "\n";
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Errors { get; private set; } = "";

    public int ExitCode => process.ExitCode;

    /// <summary>What its handlers said so far, in order.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines) return [.. lines];
        }
    }

    /// <summary>Waits until its handlers have said so many lines, or have no more to say because others were faster.</summary>
    public async Task HearAsync(int count)
    {
        for (var i = 0; i < count && !process.HasExited; i++)
        {
            // The first line takes a start of the process, and perhaps the end of a dead worker's lease.
            if (!await said.WaitAsync(TimeSpan.FromSeconds(i == 0 ? 20 : 2))) return;
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public Task WaitAsync() => process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        said.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
        said.Release();
    }
}
