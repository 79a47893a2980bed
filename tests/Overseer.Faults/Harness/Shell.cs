using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Overseer.Faults;

/// <summary>Programs and signals of the operating system.</summary>
internal static partial class Shell
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static bool IsRoot => Environment.UserName == "root";

    public static void Signal(int process, int signal)
    {
        if (SendSignal(process, signal) != 0) throw new InvalidOperationException($"Signal {signal} could not be sent to process {process}: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Runs a program to its end; an exit code other than 0 is an error that shows what it said.</summary>
    public static async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        // Through a shell that lets go of the pipes: a server that is started would keep them open.
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/", ArgumentList = { "-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, program } };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
    }

    /// <summary>The same as the user that a PostgreSQL server runs as, since it refuses to run as root.</summary>
    public static Task<string> RunAsServerAsync(string program, params IReadOnlyList<string> arguments) =>
        IsRoot ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments]) : RunAsync(program, arguments);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
