using System.Reflection;
using System.Text.RegularExpressions;

namespace Overseer.Analyzers.Tests;

/// <summary>The pages of the diagnostics, as they are in the checkout that the tests were built from.</summary>
internal static partial class Pages
{
    public static string Root { get; } = Path.GetFullPath(typeof(Pages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!);

    public static string Folder { get; } = Path.Combine(Root, "docs", "diagnostics");

    public static IEnumerable<string> Ids => Directory.EnumerateFiles(Folder, "OVS*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".md")).ReplaceLineEndings("\n");

    /// <summary>The code under a heading of a page; each block is a file.</summary>
    public static string[] Code(string id, string heading)
    {
        var page = Read(id);
        var start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        if (start < 0) return [];
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Block().Matches(page[start..(end < 0 ? page.Length : end)]).Select(match => match.Groups["code"].Value)];
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
