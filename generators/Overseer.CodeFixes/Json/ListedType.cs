using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Json;

/// <summary>Lists a type for a <c>JsonSerializerContext</c>.</summary>
internal static class ListedType
{
    public const string Space = "System.Text.Json.Serialization";

    /// <summary><c>[JsonSerializable(typeof(T))]</c>, with a name if the one by default is a keyword, or another type's that the context knows.</summary>
    public static AttributeListSyntax Write(ITypeSymbol type, IEnumerable<ITypeSymbol> known, Compilation compilation, SyntaxGenerator generator)
    {
        var named = SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(Written.Type(Nameable(type, compilation), generator)));
        var name = DefaultName(type);
        return SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || known.Any(other => DefaultName(other) == name && TypeParser.Key(other) != TypeParser.Key(type))
            ? Written.Attribute("JsonSerializable", Space, [named, Written.Named("TypeInfoPropertyName", Written.Literal(SpaceOf(type) + name))])
            : Written.Attribute("JsonSerializable", Space, [named]);
    }

    /// <summary>The type without what metadata cannot name: nullable references, names in tuples, <c>dynamic</c>.</summary>
    public static ITypeSymbol Nameable(ITypeSymbol type, Compilation compilation) => type switch
    {
        IDynamicTypeSymbol => compilation.ObjectType,
        IArrayTypeSymbol array => compilation.CreateArrayTypeSymbol(Nameable(array.ElementType, compilation), array.Rank),
        INamedTypeSymbol { IsTupleType: true } tuple => compilation.CreateTupleTypeSymbol([.. tuple.TupleElements.Select(element => Nameable(element.Type, compilation))]),
        INamedTypeSymbol { IsGenericType: true, ContainingType: null or { IsGenericType: false } } named =>
            named.ConstructedFrom.Construct([.. named.TypeArguments.Select(argument => Nameable(argument, compilation))]),
        _ => type.WithNullableAnnotation(NullableAnnotation.None),
    };

    // As System.Text.Json names the property for it.
    private static string DefaultName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => DefaultName(array.ElementType) + "Array",
        INamedTypeSymbol named => named.Name + string.Concat(named.TypeArguments.Select(DefaultName)),
        _ => type.Name,
    };

    private static string SpaceOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => SpaceOf(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var first, ..] } => SpaceOf(first),
        { ContainingType: { } outer } => SpaceOf(outer) + outer.Name,
        _ => type.ContainingNamespace.FullName() is { Length: > 0 } space ? space.Replace(".", "").Replace("@", "") : "Global",
    };
}
