using Overseer.Generators.Analyzers;

namespace Overseer.Generators.Tests;

/// <summary>What the rules find in a few source texts, one line each.</summary>
internal static class Problems
{
    public static IReadOnlyList<string> In(params string[] sources) => In(sources, []);

    public static IReadOnlyList<string> In(string[] sources, Microsoft.CodeAnalysis.MetadataReference[] references)
    {
        var table = HandlerIndex.Read(Generated.Compile(sources, references), TestContext.Current.CancellationToken);
        return [.. table!.Problems.Select(problem => $"{problem.Id} {string.Join(" | ", problem.Arguments)}").Order(StringComparer.Ordinal)];
    }

    /// <summary>That the rules find exactly this, and that generated code compiles nevertheless.</summary>
    public static void AreOnly(string[] expected, params string[] sources)
    {
        Assert.Equal(expected, In(sources));
        Assert.Empty(Generated.From(sources).GeneratedDiagnostics);
    }
}
