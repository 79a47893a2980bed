using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators;
using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>What the compiler and all analyzers say of the code of an app.</summary>
internal static class Analysis
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(JobGenerator).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <param name="source">The code.</param>
    /// <param name="files">The files beside it that analyzers are given, such as a lock file.</param>
    public static async Task<IReadOnlyList<Diagnostic>> OfAsync(string source, params ImmutableArray<AdditionalText> files)
    {
        var all = await AppBuild.Compile(source).WithAnalyzers(Analyzers, new AnalyzerOptions(files)).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.Where(diagnostic => !diagnostic.IsSuppressed)];
    }
}
