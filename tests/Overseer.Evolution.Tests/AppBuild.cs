using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Generators;
using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>One build of an app: compiled in memory, with what is generated for it, and loaded beside other builds of the same name.</summary>
internal sealed class AppBuild : IDisposable
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Overseer;
        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(JobTypeAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(FromKeyedServicesAttribute).Assembly.Location),
    ];

    private static readonly CSharpCompilation Bare = CSharpCompilation.Create(
        "App", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly ConcurrentDictionary<(string Source, string? Graph), byte[]> Images = [];

    private readonly AssemblyLoadContext context = new("App", isCollectible: true);
    private readonly Assembly assembly;

    /// <param name="source">The code of the app.</param>
    /// <param name="graph">An expression in that code which makes the graph that the build inserts, if it does.</param>
    public AppBuild(string source, string? graph = null)
    {
        using var image = new MemoryStream(Images.GetOrAdd((source, graph), static app => Emit(app.Source, app.Graph)));
        assembly = context.LoadFromStream(image);
        Handlers = (JobHandlerMap)assembly.GetType("App.JobHandlers", throwOnError: true)!.GetProperty("All", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;
    }

    /// <summary>Its <c>JobHandlers.All</c>.</summary>
    public JobHandlerMap Handlers { get; }

    public JobGraph CreateGraph() => assembly.GetType("Start", throwOnError: true)!.GetMethod("Graph")!.CreateDelegate<Func<JobGraph>>()();

    /// <summary>These files with what is generated for them; what the compiler says of it is not looked at.</summary>
    public static Compilation Compile(params string[] files)
    {
        var compilation = Bare.AddSyntaxTrees(files.Prepend(Usings).Select((text, index) => CSharpSyntaxTree.ParseText(text, Parse, $"File{index}.cs")));
        CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: Parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var after, out var ofGenerator, TestContext.Current.CancellationToken);
        Assert.Empty(ofGenerator);
        return after;
    }

    public void Dispose() => context.Unload();

    private static byte[] Emit(string source, string? graph)
    {
        using var image = new MemoryStream();
        var emitted = Compile(source, $"public static class Start {{ public static JobGraph Graph() => {graph ?? "null!"}; }}").Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }
}
