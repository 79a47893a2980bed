using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

/// <summary>Picks the constructor that generated code calls: the one accessible, or the one marked <c>[ActivatorUtilitiesConstructor]</c>.</summary>
internal static class ConstructorParser
{
    public static ConstructorModel Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var accessible = FindAccessible(type, compilation);
        if (accessible.IsEmpty) return ConstructorModel.None;
        if (Choose(accessible) is not { } constructor) return new(ConstructorState.Ambiguous, []);
        var parameters = constructor.Parameters.Select(parameter => ParameterParser.ParseConstructor(parameter, compilation)).ToEquatableArray();
        var isSupported = constructor.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In)
            && !parameters.Any(parameter => parameter.Type.Is(TypeTraits.NoTypeArgument) || parameter.HasHiddenKey);
        return new(isSupported ? ConstructorState.Usable : ConstructorState.Unsupported, parameters, constructor.IsObsolete());
    }

    /// <summary>The constructors that compete; an analyzer reports on them.</summary>
    public static ImmutableArray<IMethodSymbol> FindAccessible(INamedTypeSymbol type, Compilation compilation) =>
        type.InstanceConstructors
            .Where(constructor => Access.OfMember(constructor, compilation) != Visibility.Hidden && !IsCopy(constructor) && !constructor.IsGone())
            .ToImmutableArray();

    /// <summary>Whether <c>required</c> members stand in the way of calling it.</summary>
    public static bool LeavesRequiredMembers(INamedTypeSymbol type, Compilation compilation)
    {
        if (Choose(FindAccessible(type, compilation)) is { } constructor
            && constructor.GetAttributes().Any(attribute => attribute.IsSetsRequiredMembers())) return false;
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) return true;
        }

        return false;
    }

    private static IMethodSymbol? Choose(ImmutableArray<IMethodSymbol> accessible)
    {
        if (accessible.Length == 1) return accessible[0];
        return accessible.Where(constructor => constructor.GetAttributes().Any(attribute => attribute.IsActivatorConstructor())).ToList() is [var marked]
            ? marked
            : null;
    }

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord
        && constructor.Parameters is [var only]
        && SymbolEqualityComparer.Default.Equals(only.Type, constructor.ContainingType);
}
