using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Overseer.Sql.Tests;

/// <summary>The sources of one project of src, compiled as its build does, save what generators add.</summary>
internal static class Sources
{
    // What a project has by ImplicitUsings.
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // A partial method or property whose other part a generator writes.
    private static readonly string[] LeftToGenerators = ["CS8795", "CS9248"];

    private static readonly string Folder = typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Sources").Value!;

    private static readonly PortableExecutableReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14, DocumentationMode.None);

    public static IEnumerable<string> Projects => Directory.EnumerateDirectories(Folder).Select(project => Path.GetFileName(project)!).Where(name => Files(name).Any());

    /// <param name="project">The name of its folder, which is that of its assembly.</param>
    /// <param name="more">The texts of further files, which are named by their places.</param>
    public static CSharpCompilation Compile(string project, params IReadOnlyList<string> more)
    {
        var trees = Parse(project).Append(Parse(Usings, "usings")).Concat(more.Select((text, place) => Parse(text, $"more{place}")));
        var references = References.Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath) != project);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create(project, trees, references, options);
        // What is not understood cannot be judged.
        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error && !LeftToGenerators.Contains(found.Id)));
        return compilation;
    }

    public static IEnumerable<SyntaxTree> Parse(string project) => Files(project).Select(file => Parse(File.ReadAllText(file), Path.GetRelativePath(Folder, file)));

    private static IEnumerable<string> Files(string project) => Directory.EnumerateFiles(Path.Combine(Folder, project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Path.Combine(Folder, project), file).Split(Path.DirectorySeparatorChar)[0].Equals("obj", StringComparison.Ordinal));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Language, path);
}
