using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Tests;

/// <summary>What is read once and kept must be what would be read anew: a driver that saw each edit emits what a new one emits.</summary>
public class EditedProjectTests(ITestOutputHelper output)
{
    private const int Cases = 1500;

    private static readonly CSharpCompilation Bare = Generated.Compile([], [Generated.From([DamagedSources.Library], [], "Library").Reference()]);

    [Fact]
    public void After_random_edits_a_used_driver_emits_what_a_new_one_does()
    {
        var failures = new ConcurrentDictionary<int, string>();
        var kept = 0;
        Parallel.For(1, Cases + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken }, seed =>
        {
            var before = Tree(DamagedSources.All[seed % DamagedSources.All.Count]);
            var after = Tree(Damage.Of(DamagedSources.All, seed));
            if (Print(before) == Print(after)) Interlocked.Increment(ref kept);
            GeneratorDriver used = CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: Generated.Parse);
            used = used.RunGenerators(Bare.AddSyntaxTrees(before));
            if (Emitted(used, Bare.AddSyntaxTrees(after)) != Fresh(Bare.AddSyntaxTrees(after))) failures[seed] = $"Seed {seed}:\n{after}";
        });
        output.WriteLine($"{Cases} edits, of which {kept} left the declarations as they were.");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {Cases} failed.\n{string.Join("\n\n", failures.OrderBy(pair => pair.Key).Select(pair => pair.Value).Take(3))}");
        Assert.InRange(kept, Cases / 50, Cases / 2);
    }

    [Theory]
    [InlineData("{ return 1; }", "{ int Local() => 22; return Local(); }")]
    [InlineData("namespace Edited;", "// A comment.\nnamespace Edited;  // and another")]
    [InlineData("get => 1;", "get => 22;")]
    public void Edits_inside_bodies_and_between_tokens_keep_the_print(string from, string to) => Assert.Equal(Print(Source), Print(Edited(from, to)));

    [Theory]
    [InlineData("int Process(string? name)", "int Process(string name)")]
    [InlineData("Key = 1", "Key = 2")]
    [InlineData("public int Value { get => 1; }", "public int Value;")]
    [InlineData("public int Value { get => 1; }", "public int Value { get => 1; set { } }")]
    [InlineData("enum Kind { One, Two }", "enum Kind { One = 5, Two }")]
    [InlineData("namespace Edited;", "namespace Edited.More;")]
    [InlineData("using System;", "using System.Threading;")]
    [InlineData("namespace Edited;", "#nullable disable\nnamespace Edited;")]
    [InlineData("{ return 1; }", "{ return 1;\n#nullable disable\n}")]
    [InlineData("{ return 1; }", ";")]
    [InlineData("int number = 3", "int number = 4")]
    public void Edits_of_what_is_declared_change_the_print(string from, string to) => Assert.NotEqual(Print(Source), Print(Edited(from, to)));

    [Fact]
    public void A_file_that_moves_or_is_compiled_as_another_language_has_another_print()
    {
        var print = Print(Source);
        Assert.NotEqual(print, Print(Tree(Source, "Other.cs")));
        Assert.NotEqual(print, Print(CSharpSyntaxTree.ParseText(Source, Generated.Parse.WithLanguageVersion(LanguageVersion.Preview), "File0.cs", cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void The_print_of_a_project_is_of_its_options_its_references_and_the_order_of_its_files()
    {
        var (one, other) = (Tree(Source), Tree("class Other;", "Other.cs"));
        var project = Bare.AddSyntaxTrees(one, other);
        var print = Print(project);
        Assert.Equal(print, Print(project.Clone()));
        Assert.Equal(print, Print(project.ReplaceSyntaxTree(one, Tree(Edited("{ return 1; }", "{ return 2; }")))));
        Assert.NotEqual(print, Print(Bare.AddSyntaxTrees(other, one)));
        Assert.NotEqual(print, Print(project.WithAssemblyName("Other")));
        Assert.NotEqual(print, Print(project.WithOptions(project.Options.WithNullableContextOptions(NullableContextOptions.Disable))));
        Assert.NotEqual(print, Print(project.RemoveReferences(project.References.Last())));
    }

    [Fact]
    public void A_referenced_project_counts_by_what_it_declares()
    {
        var library = CSharpCompilation.Create("Lib", [Tree(Source)], Bare.References, Bare.Options);
        var print = Using(library);
        Assert.Equal(print, Using(library.Clone()));
        Assert.Equal(print, Using(library.ReplaceSyntaxTree(library.SyntaxTrees[0], Tree(Edited("{ return 1; }", "{ return 2; }")))));
        Assert.NotEqual(print, Using(library.ReplaceSyntaxTree(library.SyntaxTrees[0], Tree(Edited("Key = 1", "Key = 2")))));

        static string Using(CSharpCompilation library) => Print(Bare.AddReferences(library.ToMetadataReference()));
    }

    [Theory]
    [InlineData("using Mark = Overseer.JobTypeAttribute;", "Mark")]
    [InlineData("using MarkAttribute = Overseer.JobTypeAttribute;", "Mark")]
    [InlineData("using @class = Overseer.JobTypeAttribute;", "@class")]
    [InlineData("using O = Overseer;", "O.JobType")]
    [InlineData("using O = Overseer;", "O::JobTypeAttribute")]
    [InlineData("using static System.Math;", "global::Overseer.JobType")]
    public void A_handler_is_found_under_every_name_of_the_attribute(string import, string name) =>
        Assert.Contains("Aliased_JobHandler.g.cs", Generated.From($$"""{{import}} [{{name}}("aliased")] public class Aliased { public void Process() { } }""").CompilesCleanly().Files);

    [Fact]
    public void A_handler_is_found_under_an_alias_of_a_global_alias() => Assert.Contains(
        "Aliased_JobHandler.g.cs",
        Generated.From(
            "global using Mark = Overseer.JobTypeAttribute;",
            """[Mark("aliased")] public class Aliased { public void Process() { } }""").CompilesCleanly().Files);

    [Fact]
    public void Very_deep_constants_do_not_overflow()
    {
        var deep = string.Join(" + ", Enumerable.Repeat("1", 20_000));
        Assert.NotEmpty(Print($"class Deep {{ public int Value = {deep}; }}"));
    }

    private const string Source = """
        using System;
        namespace Edited;
        public enum Kind { One, Two }
        public class Some
        {
            public const int Key = 1;
            public int Value { get => 1; }
            public int Process(string? name) { return 1; }
            public void More(int number = 3) { }
        }
        """;

    private static string Edited(string from, string to) =>
        Source.Contains(from, StringComparison.Ordinal) ? Source.Replace(from, to, StringComparison.Ordinal) : throw new ArgumentException(from, nameof(from));

    private static string Print(string source) => Print(Tree(source));

    private static string Print(SyntaxTree tree) => TreeDeclarations.Of(tree, TestContext.Current.CancellationToken).Print;

    private static string Print(Compilation compilation) => DeclarationPrint.Of(compilation, TestContext.Current.CancellationToken);

    private static SyntaxTree Tree(string source, string path = "File0.cs") => CSharpSyntaxTree.ParseText(source, Generated.Parse, path);

    private static string Fresh(Compilation compilation) =>
        Emitted(CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: Generated.Parse), compilation);

    private static string Emitted(GeneratorDriver driver, Compilation compilation) =>
        string.Join('\n', driver.RunGenerators(compilation).GetRunResult().Results[0].GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal).Select(source => source.HintName + "\n" + source.SourceText));
}
