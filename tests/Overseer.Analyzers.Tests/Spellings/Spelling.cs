using System.Text.RegularExpressions;

namespace Overseer.Analyzers.Tests.Spellings;

/// <summary>One way to write a snippet down.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Write">Gives the files and what goes into a library; null where it makes no sense.</param>
internal sealed partial record Spelling(string Name, Func<Snippet, Written?> Write)
{
    private static readonly string[] Keywords = ["@base", "@class", "@event", "@params", "@struct"];

    public static IReadOnlyList<Spelling> All { get; } =
    [
        new("plain", snippet => Put(snippet, "Reports")),
        new("typeof", snippet => WithTypeof(snippet) is var other && other != snippet ? Put(other, "Reports") : null),
        new("nested", snippet => Put(snippet, "Reports", outer: "Outer")),
        new("partial", snippet => Put(snippet, "Reports", isPartial: true)),
        new("keyword", snippet => Put(Rename(snippet, (_, index) => Keywords[index]), "@namespace.@int")),
        new("unicode", snippet => Put(Rename(snippet, (name, _) => name.Replace('o', 'ö') + "ß"), "Größen")),
        new("global namespace", snippet => Put(snippet, "")),
        new("cross-assembly", snippet => snippet.Upstream.Length > 0 ? Put(snippet, "Reports", isUpstreamApart: true) : null),
        new("aliased", snippet => Put(Alias(snippet), "Reports", usings: Aliases(snippet))),
        new("two namespaces", snippet => Put(snippet, "Reports") with { Others = [Twins(snippet, "Aside"), Twins(snippet, "Zoo")] }),
    ];

    private static Written Put(Snippet snippet, string space, string outer = "", bool isPartial = false, bool isUpstreamApart = false, string usings = "")
    {
        string Place(string code) => (space, outer) switch
        {
            (_, { Length: > 0 }) => $"namespace {space}\n{{\npublic static partial class {outer}\n{{\n{code}\n}}\n}}",
            ({ Length: > 0 }, _) => $"namespace {space}\n{{\n{code}\n}}",
            _ => code,
        };
        string Declare(string name, string @base, string members) =>
            $"public {snippet.Modifier} {(isPartial ? "partial" : "")} class {name} {(@base.Length > 0 ? ":" : "")} {@base}\n{{\n{members}\n}}";
        var scope = string.Concat(new[] { space, outer }.Where(part => part.Length > 0).Select(part => part + "."));
        var head = usings + snippet.Assembly.Replace("$Scope.", scope, StringComparison.Ordinal) + "\n";
        var around = (isUpstreamApart ? "" : snippet.Upstream + "\n") + snippet.Beside + "\n" + snippet.Attributes + "\n";
        var unmarked = Mark().Replace(snippet.Name, "${text}");
        return new(
            isPartial
                ? [head + Place(around + Declare(snippet.Name, snippet.Base, "")), Place(Declare(unmarked, "", snippet.Members))]
                : [head + Place(around + Declare(snippet.Name, snippet.Base, snippet.Members))],
            isUpstreamApart ? Place(snippet.Upstream) : null);
    }

    private static Snippet WithTypeof(Snippet snippet) => snippet.Map(code => Generic().Replace(code, "DependsOn(typeof(${type}))"));

    /// <summary>New names in the same order, because some rules go by the order of names.</summary>
    private static Snippet Rename(Snippet snippet, Func<string, int, string> name)
    {
        var types = snippet.Types;
        return snippet.Map(code => types.Select((type, index) => (type, index)).Aggregate(code, (text, pair) => Regex.Replace(text, $@"\b{pair.type}\b", name(pair.type, pair.index))));
    }

    private static string Aliases(Snippet snippet) =>
        string.Concat(snippet.UpstreamTypes.Select(type => $"using My{type} = Reports.{type};\n").Prepend("using Named = Overseer.JobTypeAttribute;\n"));

    private static Snippet Alias(Snippet snippet)
    {
        string Change(string code) => snippet.UpstreamTypes.Aggregate(code, (text, type) => Regex.Replace(text, $@"\b{type}\b", "My" + type)).Replace("JobType(", "Named(", StringComparison.Ordinal);
        return snippet with { Attributes = Change(snippet.Attributes), Members = Change(snippet.Members), Base = Change(snippet.Base) };
    }

    /// <summary>Handlers of the same names that have nothing to do with it.</summary>
    private static string Twins(Snippet snippet, string space)
    {
        var twins = snippet.Types.Select((type, index) => $$"""[JobType("{{space.ToLowerInvariant()}}-{{index}}")] public class {{type}} { public DateOnly Process(Guid id) => default; }""");
        return $"namespace {space}\n{{\n{string.Join('\n', twins)}\n}}";
    }

    [GeneratedRegex(@"\bDependsOn<(?<type>\w+)>")]
    private static partial Regex Generic();

    [GeneratedRegex(@"\{\|\w+:(?<text>.*)\|\}")]
    private static partial Regex Mark();
}

/// <param name="Files">The files of the project.</param>
/// <param name="Library">The file of a project that it references; null for none.</param>
internal sealed record Written(IReadOnlyList<string> Files, string? Library)
{
    public IReadOnlyList<string> Others { get; init; } = [];

    public string[] AllFiles => [.. Files, .. Others];
}
