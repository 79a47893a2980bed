using System.Diagnostics;

namespace Overseer.Faults;

/// <summary>A worker in a process of its own, which a scenario can stop, freeze and kill.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private readonly Lock gate = new();

    private readonly List<string> lines = [];

    private readonly List<string> errors = [];

    private TaskCompletionSource more = New();

    private WorkerProcess(WorkerSettings settings, IReadOnlyList<string> wrapper, IReadOnlyDictionary<string, string>? environment)
    {
        Settings = settings;
        string[] command = [.. wrapper, "dotnet", "exec", typeof(WorkerProcess).Assembly.Location, settings.Program, settings.ToJson()];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        // A dump of each process that is told to crash would take longer than the scenario.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Hear(e.Data, lines);
        process.ErrorDataReceived += (_, e) => Hear(e.Data, errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public WorkerSettings Settings { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Errors
    {
        get
        {
            lock (gate) return string.Join('\n', errors);
        }
    }

    /// <summary>What it said so far, in order.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    /// <param name="settings">How it is to be.</param>
    /// <param name="wrapper">A program that starts it, such as one that gives it another clock.</param>
    /// <param name="environment">Variables of its environment.</param>
    public static WorkerProcess Start(WorkerSettings settings, IReadOnlyList<string>? wrapper = null, IReadOnlyDictionary<string, string>? environment = null) =>
        new(settings, wrapper ?? [], environment);

    public Task ReadyAsync() => HearAsync("ready");

    /// <summary>Waits until it has said a line that begins so, so many times in all; returns the last of them.</summary>
    public async Task<string> HearAsync(string beginning, int times = 1, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Arena.PatienceOf((patience ?? Patience).TotalSeconds)));
        while (true)
        {
            Task next;
            lock (gate)
            {
                var heard = lines.Where(line => line.StartsWith(beginning, StringComparison.Ordinal)).Take(times).ToList();
                if (heard.Count == times) return heard[^1];
                next = more.Task;
            }

            if (process.HasExited) throw new FaultException($"Worker {Settings.Name} ended with {process.ExitCode} before it said '{beginning}' {times} times. It said:\n{Tail()}\n{Errors}");
            try
            {
                await Task.WhenAny(next, process.WaitForExitAsync(limit.Token)).WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new FaultException($"Worker {Settings.Name} did not say '{beginning}' {times} times in time. It said:\n{Tail()}\n{Errors}");
            }
        }
    }

    public int CountOf(string beginning)
    {
        lock (gate) return lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal));
    }

    public void Say(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    public void Signal(int signal) => Shell.Signal(process.Id, signal);

    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<int> ExitAsync(TimeSpan? patience = null)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        }
        catch (TimeoutException)
        {
            throw new FaultException($"Worker {Settings.Name} did not end. It said:\n{Tail()}\n{Errors}");
        }

        return process.ExitCode;
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        if (!process.HasExited) Signal(Shell.Terminate);
        return await ExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string Tail() => string.Join('\n', Lines.TakeLast(20));

    private void Hear(string? line, List<string> into)
    {
        if (line is null) return;
        TaskCompletionSource heard;
        lock (gate)
        {
            into.Add(line);
            (heard, more) = (more, New());
        }

        heard.SetResult();
    }
}
