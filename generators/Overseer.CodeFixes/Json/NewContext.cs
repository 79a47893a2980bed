using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Json;

/// <summary>A linked <c>JsonSerializerContext</c> for a project that has none.</summary>
internal sealed class NewContext
{
    private readonly IReadOnlyList<ITypeSymbol> types;
    private readonly Compilation compilation;
    private readonly string space;
    private readonly string end;

    private NewContext(string name, string space, IReadOnlyList<ITypeSymbol> types, Finding finding)
    {
        Name = name;
        this.space = space;
        this.types = types;
        compilation = finding.Compilation;
        end = Lines.EndOf(finding.Node).ToFullString();
    }

    public string Name { get; }

    /// <summary>The same for all findings of a project; null where one is there already, which its author may want to link.</summary>
    public static NewContext? Find(Finding finding)
    {
        if (finding.Handlers is not { } table || Contexts(finding.Compilation.Assembly.GlobalNamespace).Any()) return null;
        var places = JsonPlace.FindAll(table, finding.Compilation).SelectMany(handler => handler).Where(place => HasToBeListed(place.Type, finding.Compilation)).ToList();
        if (places.Count == 0 || HandlerIndex.HandlersIn(finding.Compilation).FirstOrDefault(type => HandlerParser.Key(type) == places[0].Handler)?.ContainingNamespace is not { } around) return null;
        var name = (around.IsGlobalNamespace ? "Jobs" : around.Name) + "Json";
        return around.GetTypeMembers(name).IsEmpty ? new(name, around.IsGlobalNamespace ? "" : around.ToDisplayString(), [.. places.Select(place => place.Type)], finding) : null;
    }

    public SyntaxNode Write(SyntaxGenerator generator)
    {
        var root = SyntaxFactory.ParseCompilationUnit(Skeleton().Replace("\n", end));
        MemberDeclarationSyntax empty = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Single();
        var known = JsonContext.Reached(types);
        var lists = types.Select(type => ListedType.Write(type, known, compilation, generator));
        return root.ReplaceNode(empty, lists.Reverse().Aggregate(empty, AttributeLists.AddFirst));
    }

    private string Skeleton() => $"""
        using System.Text.Json.Serialization;
        using Overseer;
        {(space.Length > 0 ? $"using {space};\n" : "")}
        [assembly: JobJson(typeof({Name}))]
        {(space.Length > 0 ? $"\nnamespace {space};\n" : "")}
        /// <summary>What the jobs store, described at compile time. The settings are those of stored JSON.</summary>
        [JsonSourceGenerationOptions(
            IncludeFields = true,
            PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true)]
        internal sealed partial class {Name} : JsonSerializerContext;

        """.Replace("\r", "");

    private static bool HasToBeListed(ITypeSymbol type, Compilation compilation)
    {
        var model = TypeParser.Parse(type, compilation);
        return !model.Is(TypeTraits.NoTypeArgument) && !model.Is(TypeTraits.Unresolved) && !JsonTypes.IsBuiltIn(type) && JsonShape.FindFlaw(type) is null;
    }

    private static IEnumerable<INamedTypeSymbol> Contexts(INamespaceOrTypeSymbol scope)
    {
        foreach (var member in scope.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type && type.BaseType?.IsNamed(ListedType.Space, "JsonSerializerContext") == true) yield return type;
            foreach (var inner in Contexts(member)) yield return inner;
        }
    }
}
