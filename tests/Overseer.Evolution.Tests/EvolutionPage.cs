using System.Reflection;
using System.Text.RegularExpressions;

namespace Overseer.Evolution.Tests;

/// <summary>The examples of docs/evolution.md, in the checkout that the tests were built from.</summary>
internal static partial class EvolutionPage
{
    private static readonly string Root = typeof(EvolutionPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    private static readonly string Text = File.ReadAllText(Path.Combine(Root, "docs", "evolution.md")).ReplaceLineEndings("\n");

    public static IReadOnlyList<Change> Changes { get; } = [.. Section().Matches(Text).Select(section => Read(section.Groups["title"].Value, section.Groups["body"].Value))];

    public static Change Get(string title) => Changes.Single(change => change.Title == title);

    private static Change Read(string title, string body)
    {
        var blocks = Block().Matches(body).Select(match => match.Groups["code"].Value).ToList();
        var (stored, verdict, forced) = (Stored().Match(body), Verdict().Match(body), Forced().Match(body));
        if (!stored.Success || !verdict.Success || blocks.Count != (forced.Success ? 3 : 2))
            throw new InvalidDataException($"The example '{title}' needs a line 'Stored: `…`', two blocks of code and a line 'Verdict: …'; one that is forbidden also a line 'Forced: the run …' and a third block.");
        return new Change(title, stored.Groups["graph"].Value, blocks[0], blocks[1], verdict.Groups["id"].Value, forced.Success ? forced.Groups["ending"].Value : null, blocks.ElementAtOrDefault(2));
    }

    [GeneratedRegex(@"^### (?<title>[^\n]+)\n(?<body>.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^Stored: `(?<graph>[^\n]+)`$", RegexOptions.Multiline)]
    private static partial Regex Stored();

    [GeneratedRegex("^Verdict: (?<id>\\w+)$", RegexOptions.Multiline)]
    private static partial Regex Verdict();

    [GeneratedRegex("^Forced: (?<ending>[^.\n]+)\\.", RegexOptions.Multiline)]
    private static partial Regex Forced();
}
