using System.Diagnostics;
using System.Reflection;

namespace Overseer.Docs.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Dictionary<string, string> Metadata =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    public static string Root => Path.GetFullPath(Metadata["Root"]);

    public static string Configuration => Metadata["Configuration"];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Runs a sample that was built with the tests, in a folder of its own.</summary>
    public static async Task<(int ExitCode, string Output)> RunSampleAsync(string sample, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(Root, "samples", sample, "bin", Configuration, "net10.0", sample + ".dll") },
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output + await errors);
    }
}
