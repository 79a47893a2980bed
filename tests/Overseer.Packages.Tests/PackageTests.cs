using System.Xml.Linq;
using Xunit;

namespace Overseer.Packages.Tests;

/// <summary>What the packages hold and what they ask for.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    // What the compiler itself brings: a plug-in that asks for more fails in somebody's IDE.
    private static readonly string[] OfTheCompiler = ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "netstandard"];

    // What the IDE brings in addition, for code fixes.
    private static readonly string[] OfTheEditor = ["Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel"];

    public static TheoryData<string> Ids => ["Overseer", "Overseer.Postgres", "Overseer.Sqlite", "Overseer.Sentry"];

    public static TheoryData<string> CompilerParts => [.. Repository.CompilerParts];

    [Fact]
    public void Nothing_else_is_packed() => Assert.Equal(Ids.Select(id => id.Data).Order(StringComparer.Ordinal), feed.Ids);

    [Fact]
    public void The_main_package_holds_the_engine_and_what_the_compiler_loads()
    {
        using var package = feed.Open("Overseer");
        string[] expected =
        [
            "Overseer.nuspec", "README.md", "docs/evolution.md", "docs/generated-code.md", "docs/guide.md",
            .. Repository.CompilerParts.Select(part => $"analyzers/dotnet/cs/{part}.dll"),
            "build/Overseer.props", "build/Overseer.targets", "buildTransitive/Overseer.props", "buildTransitive/Overseer.targets",
            "lib/net10.0/Overseer.dll", "lib/net10.0/Overseer.xml",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files);
        Assert.Contains("analyzers/dotnet/cs/Overseer.Generators.dll", package.Files);
        Assert.Contains("analyzers/dotnet/cs/Overseer.CodeFixes.dll", package.Files);
    }

    [Theory]
    [InlineData("Overseer.Postgres")]
    [InlineData("Overseer.Sqlite")]
    [InlineData("Overseer.Sentry")]
    public void The_other_packages_hold_an_assembly_and_its_documentation(string id)
    {
        using var package = feed.Open(id);
        Assert.Equal([$"{id}.nuspec", "README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], package.Files);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_package_has_its_symbols_in_another(string id)
    {
        using var symbols = feed.Open(id, "snupkg");
        Assert.Equal([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], symbols.Files);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_package_says_what_it_is_and_under_which_licence(string id)
    {
        using var package = feed.Open(id);
        var metadata = package.Metadata;
        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal(feed.Version, Value(metadata, "version"));
        Assert.Equal("Overseer contributors", Value(metadata, "authors"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("expression", metadata.Element("license")!.Attribute("type")!.Value);
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Contains("job-graph", Value(metadata, "tags").Split(' '));
        Assert.EndsWith(".", Value(metadata, "description"), StringComparison.Ordinal);
        Assert.StartsWith("# Overseer", package.Text("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Overseer", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options.ConfigurationExtensions", "QuikGraph")]
    [InlineData("Overseer.Postgres", "Npgsql", "Overseer")]
    [InlineData("Overseer.Sqlite", "Microsoft.Data.Sqlite", "Overseer")]
    [InlineData("Overseer.Sentry", "Overseer", "Sentry")]
    public void Each_package_depends_on_no_more_than_it_needs(string id, params string[] expected)
    {
        using var package = feed.Open(id);
        var group = Assert.Single(package.Metadata.Element("dependencies")!.Elements("group"));
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal(expected, group.Elements("dependency").Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        foreach (var dependency in group.Elements("dependency"))
        {
            var name = dependency.Attribute("id")!.Value;
            Assert.Equal(name == "Overseer" ? feed.Version : Repository.VersionOf(name), dependency.Attribute("version")!.Value);
            // Who installs a store only must get the generator all the same.
            if (name == "Overseer") Assert.Equal("All", dependency.Attribute("include")!.Value);
        }
    }

    [Fact]
    public void The_engine_refers_to_abstractions_and_QuikGraph_only()
    {
        using var package = feed.Open("Overseer");
        var foreign = package.ReferencesOf("lib/net10.0/Overseer.dll").Keys.Where(name => !name.StartsWith("System.", StringComparison.Ordinal));
        string[] allowed =
        [
            "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Configuration.Binder",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Options.ConfigurationExtensions", "Microsoft.Extensions.Primitives", "QuikGraph",
        ];
        Assert.Empty(foreign.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(CompilerParts))]
    public void What_the_compiler_loads_refers_to_Roslyn_at_its_floor_and_nothing_else(string part)
    {
        using var package = feed.Open("Overseer");
        var references = package.ReferencesOf($"analyzers/dotnet/cs/{part}.dll");
        string[] allowed = part == "Overseer.Generators" ? OfTheCompiler : [.. OfTheCompiler, .. OfTheEditor, .. Repository.CompilerParts];
        Assert.Empty(references.Keys.Except(allowed));
        Assert.Equal(new Version(2, 0, 0, 0), references["netstandard"]);
        Assert.All(
            references.Where(reference => reference.Key.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(5, 0, 0, 0), reference.Value));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_assembly_is_made_from_its_sources_alone(string id)
    {
        using var package = feed.Open(id);
        Assert.All(package.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)), file => Assert.True(package.IsReproducible(file), file));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Nothing_names_a_path_of_the_machine_that_built_it(string id)
    {
        if (Repository.Configuration != "Release") Assert.Skip("A debugger finds the sources of a Debug build by these paths.");
        using var package = feed.Open(id);
        Assert.All(package.Files, file => Assert.False(package.Mentions(file, Repository.Root.TrimEnd(Path.DirectorySeparatorChar)), file));
        using var symbols = feed.Open(id, "snupkg");
        var sources = package.Files.Where(file => file.StartsWith("analyzers/", StringComparison.Ordinal)).SelectMany(package.SourcesOf)
            .Concat(symbols.SourcesOf($"lib/net10.0/{id}.pdb")).ToArray();
        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, source => source.Contains(Repository.Root, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("props")]
    [InlineData("targets")]
    public void A_project_gets_the_same_whether_it_names_the_package_or_not(string extension)
    {
        using var package = feed.Open("Overseer");
        Assert.Equal(package.Text($"build/Overseer.{extension}"), package.Text($"buildTransitive/Overseer.{extension}"));
    }

    private static string Value(XElement metadata, string name) => metadata.Element(name)?.Value ?? "";
}
