using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

/// <summary>What generated code may touch: it lives in the assembly that is compiled, outside of all user types.</summary>
internal static class Access
{
    public static Visibility Of(ITypeSymbol type, Compilation compilation)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Of(array.ElementType, compilation);
            case IPointerTypeSymbol pointer:
                return Of(pointer.PointedAtType, compilation);
            case INamedTypeSymbol named:
                var least = Visibility.Public;
                for (var level = named; level is not null; level = level.ContainingType)
                {
                    least = Least(least, OfMember(level, compilation));
                    foreach (var argument in level.TypeArguments) least = Least(least, Of(argument, compilation));
                }

                return named.IsFileLocal || IsMisplaced(named) ? Visibility.Hidden : least;
            default:
                return Visibility.Public;
        }
    }

    /// <summary>By the symbol's own modifier only, so that a member of a hidden class is not hidden as well.</summary>
    public static Visibility OfMember(ISymbol symbol, Compilation compilation) =>
        symbol.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.NotApplicable => Visibility.Public,
            Accessibility.Internal or Accessibility.ProtectedOrInternal when IsOpenTo(symbol.ContainingAssembly, compilation) => Visibility.Internal,
            _ => Visibility.Hidden,
        };

    // The compiler says that a class of a namespace cannot be, and then sees it nowhere.
    private static bool IsMisplaced(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer) type = outer;
        return type.DeclaredAccessibility is Accessibility.ProtectedOrInternal;
    }

    public static Visibility Least(Visibility one, Visibility other) => one < other ? one : other;

    private static bool IsOpenTo(IAssemblySymbol? declaring, Compilation compilation) =>
        declaring is not null
        && (SymbolEqualityComparer.Default.Equals(declaring, compilation.Assembly) || declaring.GivesAccessTo(compilation.Assembly));
}
