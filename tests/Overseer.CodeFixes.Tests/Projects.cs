using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Generators.Analyzers;

namespace Overseer.CodeFixes.Tests;

/// <summary>What the projects of users are made of.</summary>
internal static class Projects
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Overseer;
        """;

    /// <summary>The framework comes with the references; nothing is fetched when tests run.</summary>
    public static ReferenceAssemblies NoPackage { get; } = new("net10.0");

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(JobTypeAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(FromKeyedServicesAttribute).Assembly.Location),
    ];

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    public static CSharpCompilationOptions Options { get; } = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(HandlerAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The generator of System.Text.Json, which completes contexts.</summary>
    public static Type JsonGenerator { get; } = FindJsonGenerator();

    private static Type FindJsonGenerator()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(shared, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        var file = Directory.EnumerateFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).First(path => path.Contains("10.", StringComparison.Ordinal));
        return System.Reflection.Assembly.LoadFrom(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
    }
}
