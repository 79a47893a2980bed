using System.Diagnostics;

namespace Overseer.Packages.Tests;

/// <summary>The <c>dotnet</c> command, as a user in another folder would call it.</summary>
internal static class Dotnet
{
    // The first would make the private package folder the machine's; the others are what a `dotnet test` around us leaves to its children.
    private static readonly string[] NotInherited = ["NUGET_PACKAGES", "MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    public static async Task<(int ExitCode, string Output)> TryAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in NotInherited) start.Environment.Remove(variable);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} took longer than 5 minutes.");
        }

        return (process.ExitCode, await output + await errors);
    }

    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var (code, output) = await TryAsync(folder, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }
}
