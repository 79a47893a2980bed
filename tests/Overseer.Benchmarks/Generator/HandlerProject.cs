using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace Overseer.Benchmarks.Generator;

/// <summary>A project of N handlers, ten to a file: each file is one graph, a diamond after a chain, with args, services and results along its edges.</summary>
internal sealed class HandlerProject
{
    private const int PerFile = 10;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    public HandlerProject(int handlers)
    {
        Compilation = CSharpCompilation.Create(
            "Measured",
            Enumerable.Range(0, (handlers + PerFile - 1) / PerFile).Select(file => TreeOf(file, Math.Min(PerFile, handlers - (file * PerFile)), 0, "")),
            [
                .. Basic.Reference.Assemblies.Net100.References.All,
                MetadataReference.CreateFromFile(typeof(JobTypeAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(FromKeyedServicesAttribute).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // What the references hold is read once, and is not what is measured.
        Compilation.GetDiagnostics();
        first = Compilation.SyntaxTrees[0];
        inFirst = Math.Min(PerFile, handlers);
    }

    private readonly SyntaxTree first;
    private readonly int inFirst;

    public CSharpCompilation Compilation { get; }

    public static CSharpParseOptions ParseOptions => Parse;

    /// <summary>The project after an edit inside a method body.</summary>
    public CSharpCompilation WithBody(int version) => Compilation.ReplaceSyntaxTree(first, TreeOf(0, inFirst, version, ""));

    /// <summary>The project after one handler got another job type.</summary>
    public CSharpCompilation WithAttribute(int version) => Compilation.ReplaceSyntaxTree(first, TreeOf(0, inFirst, 0, "-" + version.ToString(CultureInfo.InvariantCulture)));

    private static SyntaxTree TreeOf(int file, int handlers, int body, string suffix) => CSharpSyntaxTree.ParseText(
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Overseer;

        namespace Measured.Part{{file}};

        public sealed record Args(int Number, string Name);

        {{string.Join('\n', Enumerable.Range(0, handlers).Select(index => $"public sealed record Rows{index}(int Count, string[] Names);"))}}

        {{string.Join("\n\n", Enumerable.Range(0, handlers).Select(index => Handler(file, index, body, suffix)))}}
        """,
        Parse,
        $"Part{file}.cs");

    private static string Handler(int file, int index, int body, string suffix)
    {
        int[] upstream = index switch
        {
            0 => [],
            3 => [1],
            4 => [2, 3],
            _ => [index - 1],
        };
        var edges = string.Concat(upstream.Select(other => $", DependsOn<Job{other}>"));
        var inputs = string.Concat(upstream.Select(other => $", Rows{other} rows{other}"));
        return $$"""
            [JobType("part{{file}}-job{{index}}{{(index == 1 ? suffix : "")}}"){{edges}}]
            public sealed class Job{{index}}(TimeProvider clock)
            {
                public async Task<Rows{{index}}> ProcessAsync(Args args{{inputs}}, CancellationToken cancellationToken)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds({{body}}), clock, cancellationToken);
                    return new Rows{{index}}(args.Number + {{index}}, [args.Name]);
                }
            }
            """;
    }
}
