using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Overseer.Generators;

namespace Overseer.CodeFixes.Tests;

/// <summary>Runs every analyzer and the generator before and after a fix, so that whatever the fix leaves behind is seen.</summary>
internal sealed class FixTest<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public FixTest(string[] before, string[] after)
    {
        ReferenceAssemblies = Projects.NoPackage;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck;
        TestState.AdditionalReferences.AddRange(Projects.References);
        Add(TestState, before);
        Add(FixedState, after);
    }

    public void Reference(MetadataReference library) => TestState.AdditionalReferences.Add(library);

    /// <summary>Sets a property that says so.</summary>
    public void WithoutReflection() => TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.PublishAot = true\n"));

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Projects.Analyzers;

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(JobGenerator), Projects.JsonGenerator];

    protected override ParseOptions CreateParseOptions() => Projects.Parse;

    protected override CompilationOptions CreateCompilationOptions() => Projects.Options;

    private static void Add(SolutionState state, string[] files)
    {
        state.Sources.Add(("/0/Usings.cs", Projects.Usings));
        for (var index = 0; index < files.Length; index++) state.Sources.Add(($"/0/File{index}.cs", files[index]));
    }
}
