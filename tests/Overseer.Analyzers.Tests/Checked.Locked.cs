using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.Analyzers.Tests;

internal static partial class Checked
{
    /// <summary>The lock file of a project as it stands.</summary>
    public static string Lock(string[] files, params MetadataReference[] references)
    {
        var code = LockedCode.Of(Compile("Checked", files, references).Compilation);
        Assert.NotNull(code);
        return LockWriter.Write(code.Model);
    }

    /// <summary>Checks a project that was locked and then changed.</summary>
    /// <param name="before">What was locked.</param>
    /// <param name="after">What it is now, marked where something must be told.</param>
    /// <param name="inFile">What must be told in the lock file, each as <c>OVS601: "the text there"</c>.</param>
    /// <returns>The messages, those in the lock file first.</returns>
    public static Task<IReadOnlyList<string>> ChangedAsync(string before, string after, params string[] inFile) => LockedAsync([new LockText(Lock([before]))], [after], [], inFile);

    /// <summary>Checks a project that was locked, and locked again after each change but the last.</summary>
    /// <param name="builds">The code of each build; the last is marked.</param>
    /// <param name="inFile">What must be told in the lock file.</param>
    public static Task<IReadOnlyList<string>> ChangedInStepsAsync(string[] builds, params string[] inFile)
    {
        var locked = Lock([builds[0]]);
        foreach (var build in builds[1..^1])
        {
            var check = LockCheck.Of(Compile("Checked", [build], []).Compilation, locked);
            Assert.Empty(check.Findings);
            locked = check.NewText ?? locked;
        }

        return LockedAsync([new LockText(locked)], [builds[^1]], [], inFile);
    }

    /// <summary>Checks a project with these files beside it.</summary>
    public static async Task<IReadOnlyList<string>> LockedAsync(LockText[] locks, string[] files, MetadataReference[] references, params string[] inFile)
    {
        var (compilation, expected) = Compile("Checked", files, references);
        var found = await AnalyzeAsync(compilation, [], locks);
        var (told, inSource) = (found.Where(IsInFile).ToList(), found.Where(diagnostic => !IsInFile(diagnostic)).ToList());
        Assert.Equal(expected.Order(StringComparer.Ordinal), inSource.Select(Place).Order(StringComparer.Ordinal));
        Assert.Equal(inFile.Order(StringComparer.Ordinal), told.Select(diagnostic => Show(diagnostic, locks)).Order(StringComparer.Ordinal));
        return [.. told.Concat(inSource).Select(diagnostic => diagnostic.GetMessage(null))];
    }

    /// <summary>What is said of a project with these files beside it.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FindLockedAsync(string[] files, params LockText[] locks) => await AnalyzeAsync(Compile("Checked", files, []).Compilation, [], locks);

    private static bool IsInFile(Diagnostic diagnostic) => diagnostic.Location.Kind == LocationKind.ExternalFile;

    private static string Show(Diagnostic diagnostic, LockText[] locks)
    {
        var text = locks.Single(file => file.Path == diagnostic.Location.GetLineSpan().Path).GetText(TestContext.Current.CancellationToken);
        var place = text.ToString(diagnostic.Location.SourceSpan);
        Assert.Equal(text.Lines.GetLinePositionSpan(diagnostic.Location.SourceSpan), diagnostic.Location.GetLineSpan().Span);
        return place.Length == 0 ? diagnostic.Id : $"{diagnostic.Id}: {place}";
    }
}

/// <summary>A lock file that is in memory only.</summary>
internal sealed class LockText(string text, string path = "/app/overseer.lock.json") : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
