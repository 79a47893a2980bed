using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.CodeFixes.Stages;

/// <summary>How visible a stage can be, so that generated code can call it and the compiler does not object to the types in its signature.</summary>
internal static class StageAccess
{
    /// <summary>Null if there is no way.</summary>
    public static Accessibility? Find(INamedTypeSymbol container, IEnumerable<ITypeSymbol> types, Compilation compilation)
    {
        var least = types.Select(type => Generators.Parsing.Access.Of(type, compilation)).DefaultIfEmpty(Visibility.Public).Min();
        if (least == Visibility.Hidden) return null;
        if (least >= Generators.Parsing.Access.Of(container, compilation)) return Accessibility.Public;
        return SymbolEqualityComparer.Default.Equals(container.ContainingAssembly, compilation.Assembly) ? Accessibility.Internal : null;
    }
}
