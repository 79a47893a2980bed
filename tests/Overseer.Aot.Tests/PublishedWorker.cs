using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Aot.Tests;

/// <summary>The sample, published once for all tests.</summary>
public sealed partial class PublishedWorker : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Metadata =
        typeof(PublishedWorker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    private readonly string folder = Directory.CreateTempSubdirectory("overseer-aot-").FullName;

    /// <summary>What publishing said.</summary>
    public string Log { get; private set; } = "";

    public string Executable => Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "AotWorker.exe" : "AotWorker");

    /// <summary>The warnings of the trimmer and of the native compiler.</summary>
    public IEnumerable<string> Warnings => Log.Split('\n').Where(line => Warning().IsMatch(line)).Distinct();

    public async ValueTask InitializeAsync()
    {
        // What the sample refers to was built with the tests; building it again here would get in the way of other tests that do.
        // The native compiler warns only when it runs, so it gets a folder without an earlier outcome.
        var (code, log) = await RunAsync(
            "dotnet", "publish", Path.Combine(Metadata["Root"], "samples", "AotWorker"), "--configuration", Metadata["Configuration"], "--runtime", RuntimeInformation.RuntimeIdentifier,
            "--output", Path.Combine(folder, "out"), $"-p:NativeIntermediateOutputPath={Path.Combine(folder, "native")}{Path.DirectorySeparatorChar}", "-p:BuildProjectReferences=false", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false", "-tl:off");
        Log = log;
        Assert.True(code == 0 && File.Exists(Executable), log);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Where the worker has its data.</summary>
    public string PathOf(string database) => Path.Combine(folder, database);

    /// <summary>Runs the published worker in the folder of its data.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(string database) => RunAsync(Executable, PathOf(database));

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A compiler server that lives on would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(8));
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"(warning|error) IL[23]\d{3}")]
    private static partial Regex Warning();
}
