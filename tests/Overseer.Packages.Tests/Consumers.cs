using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Packages.Tests;

/// <summary>Projects of users beside the feed, restored from it and built with warnings as errors.</summary>
public sealed partial class Consumers(PackedFeed feed) : IAsyncLifetime
{
    /// <summary>Where our packages are unpacked, so that the machine's own folder never sees them.</summary>
    public string Packages => Path.Combine(feed.Root, "packages");

    public async ValueTask InitializeAsync()
    {
        Copy(Path.Combine(AppContext.BaseDirectory, "Consumers"), feed.Root);
        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(feed.Root, "global.json"));
        await WriteAsync("Versions.props", $"""
            <Project>
              <PropertyGroup>
                <OverseerVersion>{feed.Version}</OverseerVersion>
                <HostingVersion>{Repository.VersionOf("Microsoft.Extensions.Hosting")}</HostingVersion>
              </PropertyGroup>
            </Project>
            """);
        // In addition to whatever sources the machine has; what it has unpacked already is not fetched again.
        await WriteAsync("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Packages}" /></config>
              <packageSources><add key="overseer-packed" value="{feed.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{Repository.MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        using (var package = feed.Open("Overseer"))
        {
            await WriteAsync("FirstRun/Program.cs", Blocks(package.Text("README.md"))[0]);
            var guide = Blocks(package.Text("docs/guide.md"));
            await WriteAsync("Reports/Program.cs", guide[0]);
            await WriteAsync("Reports/Handlers.cs", guide[1]);
        }

        await Dotnet.RunAsync(feed.Root, "build", "Working.slnx");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A file of one of them.</summary>
    public string PathOf(string project, string file) => Path.Combine(feed.Root, project, file);

    /// <summary>Builds one of them anew.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync(string project, params string[] options) =>
        Dotnet.TryAsync(Path.Combine(feed.Root, project), ["build", .. options]);

    /// <summary>Runs one that is built, in a folder of its own.</summary>
    public Task<string> RunAsync(string project) =>
        Dotnet.RunAsync(Path.Combine(feed.Root, project), Path.Combine("bin", "Debug", "net10.0", project + ".dll"));

    /// <summary>The plug-ins of Overseer that the compiler was given for a project.</summary>
    public IEnumerable<string> AnalyzersOf(string project) =>
        File.ReadLines(Path.Combine(feed.Root, project, "analyzers.txt")).Where(path => Path.GetFileName(path).StartsWith("Overseer.", StringComparison.Ordinal));

    private Task WriteAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(feed.Root, path), text);

    private static string[] Blocks(string page) => [.. Block().Matches(page.ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value)];

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
