namespace Overseer.Generators.Lock;

/// <summary>The words of a lock file.</summary>
internal static class LockFormat
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "overseer.lock.json";

    /// <summary>The one format there is. A change that an older reader would take wrongly gets the next number.</summary>
    public const int Current = 1;

    public const string Format = "format";
    public const string Graphs = "graphs";
    public const string Version = "version";
    public const string Dependencies = "dependencies";
    public const string Jobs = "jobTypes";
    public const string Formerly = "formerly";
    public const string Retired = "retired";
    public const string After = "after";
    public const string Inputs = "inputs";
    public const string Args = "args";
    public const string Result = "result";
    public const string Types = "types";
    public const string Enum = "enum";
    public const string Values = "values";
    public const string Abstract = "abstract";
    public const string RefusesUnknown = "refusesUnknownMembers";
    public const string KeepsUnknown = "keepsUnknownMembers";
    public const string Discriminator = "discriminator";
    public const string Derived = "derived";
    public const string Members = "members";
    public const string Value = "value";

    private const string Optional = " optional", Sometimes = " sometimes", Written = " written", Gone = " gone";

    public static string Suffix(MemberUse use) => use switch
    {
        MemberUse.Optional => Optional,
        MemberUse.Sometimes => Sometimes,
        MemberUse.Written => Written,
        MemberUse.Gone => Gone,
        _ => "",
    };

    /// <summary>Null if it is not what a member may be.</summary>
    public static (LockedValue Value, MemberUse Use)? ParseMember(string text)
    {
        var use = new[] { MemberUse.Optional, MemberUse.Sometimes, MemberUse.Written, MemberUse.Gone }.FirstOrDefault(candidate => text.EndsWith(Suffix(candidate), StringComparison.Ordinal));
        return LockedValue.Parse(text.Substring(0, text.Length - Suffix(use).Length)) is { } value ? (value, use) : null;
    }
}
