using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class TypeParser
{
    private static readonly SymbolDisplayFormat Written = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Identity = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Shown = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static TypeModel Parse(ITypeSymbol type, Compilation compilation) => new(
        type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(Written),
        Key(type),
        type.ToDisplayString(Shown),
        Noun(type),
        Scope(type),
        Access.Of(type, compilation),
        Traits(type, compilation));

    public static string Key(ITypeSymbol type) => type.ToDisplayString(Identity);

    /// <summary>With its namespace and without <c>global::</c>.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(Full);

    /// <summary>The name by which metadata knows it: <c>Reports.Outer+Clean</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return MetadataName(outer) + "+" + type.MetadataName;
        var space = type.ContainingNamespace.FullName();
        return space.Length == 0 ? type.MetadataName : space + "." + type.MetadataName;
    }

    private static TypeTraits Traits(ITypeSymbol type, Compilation compilation)
    {
        var traits = TypeTraits.None;
        if (type.IsReferenceType) traits |= TypeTraits.ReferenceType;
        if (type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            traits |= TypeTraits.Nullable;
        else if (type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.None)
            traits |= TypeTraits.Oblivious;
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)) traits |= TypeTraits.Source;
        if (type.IsRefLikeType || IsRestricted(type) || Any(type, part => part is IPointerTypeSymbol or IFunctionPointerTypeSymbol)) traits |= TypeTraits.NoTypeArgument;
        if (type.IsStatic || Any(type, IsNoType)) traits |= TypeTraits.Unresolved;
        if (Any(type, part => part.IsObsolete())) traits |= TypeTraits.Obsolete;
        return traits;
    }

    private static bool IsNoType(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Error or TypeKind.TypeParameter || type.SpecialType == SpecialType.System_Void || type.IsGone() || !IsNamed(type) || HasWrongPart(type);

    // The compiler says of such a type that it is none, but its symbol looks sound.
    private static bool HasWrongPart(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsRefLikeType || IsRestricted(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Zip(named.TypeParameters, (argument, parameter) =>
            argument is IPointerTypeSymbol or IFunctionPointerTypeSymbol
            || argument.IsStatic
            || (argument.IsRefLikeType && !parameter.AllowsRefLikeType)
            || (parameter.HasValueTypeConstraint && (argument.IsReferenceType || argument.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T))
            || (parameter.HasReferenceTypeConstraint && argument.IsValueType)
            || IsRestricted(argument)).Any(wrong => wrong),
        _ => false,
    };

    private static bool IsRestricted(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_TypedReference or SpecialType.System_ArgIterator or SpecialType.System_RuntimeArgumentHandle;

    /// <summary>Half-written code has classes and namespaces without a name.</summary>
    public static bool IsNamed(ITypeSymbol type) => type is not INamedTypeSymbol || (type.Name.Length > 0 && Scope(type).All(part => part.Length > 0)) || type.IsTupleType;

    private static bool Any(ITypeSymbol type, Func<ITypeSymbol, bool> holds) => holds(type) || type switch
    {
        IArrayTypeSymbol array => Any(array.ElementType, holds),
        IPointerTypeSymbol pointer => Any(pointer.PointedAtType, holds),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Any(argument, holds)) || (named.ContainingType is { } outer && Any(outer, holds)),
        _ => false,
    };

    private static string Noun(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) return Noun(nullable.TypeArguments[0]);
        if (type is not INamedTypeSymbol { IsTupleType: false } named || named.SpecialType != SpecialType.None) return "";
        var space = named.ContainingNamespace.FullName();
        return space == "System" || space.StartsWith("System.", StringComparison.Ordinal) ? "" : named.Name;
    }

    private static EquatableArray<string> Scope(ITypeSymbol type)
    {
        var scope = new List<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType) scope.Add(outer.Name);
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace) scope.Add(space.Name);
        scope.Reverse();
        return scope.ToEquatableArray();
    }
}
