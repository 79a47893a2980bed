using System.Text.RegularExpressions;

namespace Overseer.Analyzers.Tests.Spellings;

/// <summary>A handler named <c>Report</c> in its parts, so that one and the same can be spelled in many ways. Places are marked: <c>{|OVS101:text|}</c>.</summary>
/// <param name="Attributes">The attributes of the handler.</param>
/// <param name="Members">Its members.</param>
/// <param name="Upstream">What it needs and what may as well be in another assembly: public types.</param>
/// <param name="Beside">What it needs in its own assembly.</param>
/// <param name="Name">Its name, marked if that is the place.</param>
/// <param name="Modifier">A modifier of the class.</param>
/// <param name="Base">Its base class.</param>
/// <param name="Assembly">Attributes of the assembly; <c>$Scope.</c> stands for where the types are.</param>
internal sealed partial record Snippet(
    string Attributes, string Members, string Upstream = "", string Beside = "", string Name = Snippet.Handler, string Modifier = "", string Base = "", string Assembly = "")
{
    public const string Handler = "Report";

    /// <summary>The types that come with it and with <see cref="Handler"/> itself, in ordinal order.</summary>
    public IReadOnlyList<string> Types =>
        [.. Declaration().Matches(Upstream + Beside).Select(match => match.Groups["name"].Value).Append(Handler).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> UpstreamTypes => [.. Declaration().Matches(Upstream).Select(match => match.Groups["name"].Value)];

    /// <summary>Every part that is code.</summary>
    public Snippet Map(Func<string, string> change) =>
        new(change(Attributes), change(Members), change(Upstream), change(Beside), change(Name), Modifier, change(Base), Assembly);

    [GeneratedRegex(@"public (?:\w+ )*(?:class|record) (?<name>\w+)")]
    private static partial Regex Declaration();
}
