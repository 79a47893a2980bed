using Overseer.Analyzers.Tests.Spellings;
using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>However a handler is spelled, what the lock file is held against is told in its place, and what is the same is not told.</summary>
public sealed class LockSpellingTests
{
    private const string Job = "[JobType(\"report\")]";
    private const string Load = "[JobType(\"load\")] public class Load { public int Process() => 1; }";
    private const string Find = "[JobType(\"find\")] public class Find { public int Process() => 2; }";
    private const string Take = "public void Process(int number) { }";
    private const string Nothing = "public void Process() { }";

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["renamed"] = new(new(Job + "[DependsOn<Load>]", Take, Load), new("[JobType(\"other\")] [DependsOn<Load>]", Take, Load), "OVS601: \"report\""),
        ["bound"] = new(new(Job + "[DependsOn<Load>]", Nothing, Load + Find), new(Job + "[DependsOn<Load>] [{|OVS601:DependsOn<Find>|}]", "public void Process([ResultOf<Find>] int number) { }", Load + Find)),
        ["result"] = new(new(Job + "[DependsOn<Load>]", "public void Process(int number) { }", Load), new(Job + "[DependsOn<Load>]", "public {|OVS602:string|} Process(int number) => \"\";", Load), Beside: new(Job + "[DependsOn<Load>]", "public int Process(int number) => 1;", Load)),
        ["member"] = new(
            new(Job, "public void Process(Rows rows) { }", Beside: "public record Rows(int Count);"),
            new(Job, "public void Process(Rows rows) { }", Beside: "public record Rows(string {|OVS602:Count|});")),
        ["enum"] = new(
            new(Job, "public void Process(Kind kind) { }", Beside: "public record Rows(int Count); public enum Kind { One, Two }"),
            new(Job, "public void Process(Kind kind) { }", Beside: "public record Rows(int Count); public enum {|OVS602:Kind|} { Two = 1 }")),
        ["behind"] = new(
            new(Job, "public void Process(Rows rows) { }", Beside: "public record Rows(int Count);"),
            new(Job + "[DependsOn<Load>]", "public void Process(Rows rows) { }", Load, "public record Rows(int Count, int More = 0);"), "OVS603"),
    };

    public static TheoryData<string, string> All =>
    [
        .. from entry in Cases
           from spelling in Spelling.All
           where spelling.Write(entry.Value.After) is not null
           select new TheoryDataRow<string, string>(entry.Key, spelling.Name),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_is_told_in_every_spelling(string name, string spelling)
    {
        var change = Cases[name];
        await CheckAsync(change.Beside ?? change.Before, change.After, spelling, change.InFile is null ? [] : [change.InFile]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task What_is_the_same_is_silent_in_every_spelling(string name, string spelling) => CheckAsync(Cases[name].Before, Cases[name].Before, spelling);

    [Theory]
    [InlineData("nested")]
    [InlineData("partial")]
    [InlineData("global namespace")]
    [InlineData("aliased")]
    [InlineData("typeof")]
    [InlineData("cross-assembly")]
    public async Task Spelling_alone_changes_nothing(string spelling)
    {
        var snippet = new Snippet(Job + "[DependsOn<Load>]", "public Rows Process(int number) => new(number);", Load, "public record Rows(int Count);");
        var plain = Write(snippet, "plain");
        var other = Write(snippet, spelling);
        var inFile = spelling == "cross-assembly" ? (string[])["OVS603"] : [];
        await Checked.LockedAsync([new LockText(Checked.Lock(plain.AllFiles))], other.AllFiles, other.Library is { } library ? [Checked.Library("Library", library)] : [], inFile);
    }

    private static async Task CheckAsync(Snippet before, Snippet after, string spelling, params string[] inFile)
    {
        // Where one of the two cannot be spelled so, the other one is not what it is held against.
        var (was, isNow) = (Write(before, spelling), Write(after, spelling));
        var locked = new LockText(Checked.Lock(was.AllFiles, was.Library is { } old ? [Checked.Library("Library", old)] : []));
        await Checked.LockedAsync([locked], isNow.AllFiles, isNow.Library is { } library ? [Checked.Library("Library", library)] : [], inFile);
    }

    private static Written Write(Snippet snippet, string spelling)
    {
        Written? Written(string name) => Spelling.All.Single(candidate => candidate.Name == name).Write(snippet);
        return Written(spelling) ?? Written("plain")!;
    }

    /// <param name="Before">What was locked.</param>
    /// <param name="After">What it is now, marked.</param>
    /// <param name="InFile">What is told in the lock file.</param>
    /// <param name="Beside">What was locked, if <paramref name="Before"/> is only what stays the same.</param>
    private sealed record Case(Snippet Before, Snippet After, string? InFile = null, Snippet? Beside = null);
}
