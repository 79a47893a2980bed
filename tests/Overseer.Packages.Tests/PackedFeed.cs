using Xunit;

[assembly: AssemblyFixture(typeof(Overseer.Packages.Tests.PackedFeed))]

namespace Overseer.Packages.Tests;

/// <summary>The packages, packed once from what was built with the tests, under a version that nobody has in a cache.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("overseer-packages-");

    public string Version { get; } = $"0.1.0-smoke.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>A folder outside the repository.</summary>
    public string Root => folder.FullName;

    public string Feed => Path.Combine(Root, "feed");

    /// <summary>The package, or its symbols with the extension <c>snupkg</c>.</summary>
    public Package Open(string id, string extension = "nupkg") => new(Path.Combine(Feed, $"{id}.{Version}.{extension}"));

    /// <summary>What was packed, by name.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Dotnet.RunAsync(
            Repository.Root, "pack", "Overseer.sln", "--no-build", "--configuration", Repository.Configuration, $"-p:Version={Version}", "--output", Feed);
        var end = $".{Version}.nupkg";
        // Read at once: a library of the consumers joins the feed later.
        Ids = [.. Directory.EnumerateFiles(Feed, "*" + end).Select(path => Path.GetFileName(path)![..^end.Length]).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
