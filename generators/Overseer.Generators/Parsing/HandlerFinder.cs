using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.Generators.Parsing;

/// <summary>Finds the classes that may have <c>[JobType]</c>, by the names of their attributes, so that no other type is bound.</summary>
internal static class HandlerFinder
{
    private const string Suffix = "Attribute";

    /// <summary>Each class once, in source order; whether it is a handler is for the parser to say.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(Compilation compilation, CancellationToken cancellationToken)
    {
        var trees = compilation.SyntaxTrees.Select(tree => (Tree: tree, Declarations: TreeDeclarations.Of(tree, cancellationToken))).ToList();
        var names = NamesOf(trees.SelectMany(file => file.Declarations.Aliases).ToList());
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var (tree, declarations) in trees)
        {
            SemanticModel? model = null;
            foreach (var type in declarations.Types)
            {
                if (!type.Attributes.Any(name => names.Contains(name) || names.Contains(name + Suffix))) continue;
                cancellationToken.ThrowIfCancellationRequested();
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetDeclaredSymbol(type.Syntax, cancellationToken) is INamedTypeSymbol symbol && seen.Add(symbol)) yield return symbol;
            }
        }
    }

    /// <summary>What the attribute may be called; an alias of a file may stand for a global one.</summary>
    private static HashSet<string> NamesOf(IReadOnlyList<AliasName> aliases)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "JobType", "JobType" + Suffix };
        int before;
        do
        {
            before = names.Count;
            names.UnionWith(aliases.Where(alias => names.Contains(alias.Target)).Select(alias => alias.Alias));
        }
        while (names.Count > before);

        return names;
    }
}
