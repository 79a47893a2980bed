using System.Reflection;
using System.Text.RegularExpressions;

namespace Overseer.Evolution.Tests;

/// <summary>The examples of docs/evolution.md, in the checkout that the tests were built from.</summary>
internal static partial class EvolutionPage
{
    private static readonly string Root = typeof(EvolutionPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    private static readonly string Text = File.ReadAllText(Path.Combine(Root, "docs", "evolution.md")).ReplaceLineEndings("\n");

    public static IReadOnlyList<Change> Changes { get; } = [.. Section().Matches(Text).Select(section => Read(section.Groups["title"].Value, section.Groups["body"].Value))];

    /// <summary>The rows of the table of all examples.</summary>
    public static IReadOnlyList<string> Rows { get; } = [.. Row().Matches(Text).Select(row => row.Value)];

    public static Change Get(string title) => Changes.Single(change => change.Title == title);

    private static Change Read(string title, string body)
    {
        var blocks = Block().Matches(body).Select(match => match.Groups["code"].Value).ToList();
        if (Stored().Match(body) is not { Success: true } stored || Verdict().Match(body) is not { Success: true } verdict || blocks.Count < 2)
            throw new InvalidDataException($"The example '{title}' needs a line 'Stored: `…`', two blocks of code, and a line 'Verdict: …'.");
        var change = new Change(title, stored.Groups["graph"].Value, blocks[0], blocks[1], verdict.Groups["id"].Value);
        var (forced, old) = (Forced().Match(body), OldWorkers().Match(body));
        return (change.IsAllowed, forced.Success, old.Success, blocks.Count) switch
        {
            (true, false, true, 2) => change with { NewRun = old.Groups["graph"].Value, HarmByOld = old.Groups["ending"] is { Success: true, Value: var ending } ? ending : null },
            (false, true, false, 3) => change with { Forced = forced.Groups["ending"].Value, WayOut = blocks[2] },
            _ => throw new InvalidDataException($"The example '{title}' needs either a line 'Old workers: …', or a line 'Forced: …' and a third block, as its verdict is."),
        };
    }

    [GeneratedRegex(@"^### (?<title>[^\n]+)\n(?<body>.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| \[[^\]\n]+\]\(#[^\n]+\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^Stored: `(?<graph>[^\n]+)`$", RegexOptions.Multiline)]
    private static partial Regex Stored();

    [GeneratedRegex("^Verdict: (?<id>\\w+)$", RegexOptions.Multiline)]
    private static partial Regex Verdict();

    [GeneratedRegex("^Forced: (?<ending>[^.\n]+)\\.", RegexOptions.Multiline)]
    private static partial Regex Forced();

    [GeneratedRegex("^Old workers: (may run `(?<graph>[^\n]+)`|must stop before `(?<graph>[^\n]+)`, or (?<ending>[^.\n]+))\\.$", RegexOptions.Multiline)]
    private static partial Regex OldWorkers();
}
