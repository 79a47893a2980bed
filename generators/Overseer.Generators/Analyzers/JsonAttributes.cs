using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>Reads the attributes of System.Text.Json.</summary>
internal static class JsonAttributes
{
    private const string Space = "System.Text.Json.Serialization";

    /// <summary>The values of <c>JsonIgnoreCondition</c>.</summary>
    public const int IgnoreNever = 0, IgnoreAlways = 1, IgnoreWhenDefault = 2, IgnoreWhenNull = 3, IgnoreWhenWriting = 4, IgnoreWhenReading = 5;

    public static bool HasConverter(this ISymbol symbol) => symbol.Has("JsonConverterAttribute", derived: true);

    public static bool IsIncluded(this ISymbol symbol) => symbol.Has("JsonIncludeAttribute");

    public static bool IsExtensionData(this ISymbol symbol) => symbol.Has("JsonExtensionDataAttribute");

    public static bool IsJsonConstructor(this ISymbol symbol) => symbol.Has("JsonConstructorAttribute");

    public static bool IsJsonRequired(this ISymbol symbol) => symbol.Has("JsonRequiredAttribute");

    public static bool IsPolymorphic(this ISymbol symbol) => symbol.Has("JsonPolymorphicAttribute");

    /// <summary>Whether what is read replaces what is there, instead of going into it.</summary>
    public static bool IsReplaced(this ISymbol symbol) =>
        symbol.Find("JsonObjectCreationHandlingAttribute") is { ConstructorArguments: [{ Value: 0 }] };

    public static int IgnoreCondition(this ISymbol symbol)
    {
        if (symbol.Find("JsonIgnoreAttribute") is not { } attribute) return IgnoreNever;
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Condition", Value.Value: int condition }) return condition;
        }

        return IgnoreAlways;
    }

    public static string JsonName(this ISymbol symbol) =>
        symbol.Find("JsonPropertyNameAttribute") is { ConstructorArguments: [{ Value: string name }] } ? name : symbol.Name;

    /// <summary>The types of <c>[JsonDerivedType]</c>, and whether each has a discriminator to be read back by.</summary>
    public static IEnumerable<(ITypeSymbol Type, bool HasDiscriminator)> DerivedTypes(this ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, "JsonDerivedTypeAttribute") && attribute.ConstructorArguments is [{ Value: ITypeSymbol type }, ..])
                yield return (type, attribute.ConstructorArguments.Length > 1);
        }
    }

    public static AttributeData? Find(this ISymbol symbol, string name) => symbol.Find(name, derived: false);

    private static bool Has(this ISymbol symbol, string name, bool derived = false) => symbol.Find(name, derived) is not null;

    private static AttributeData? Find(this ISymbol symbol, string name, bool derived)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = derived ? type.BaseType : null)
            {
                if (Is(type, name)) return attribute;
            }
        }

        return null;
    }

    private static bool Is(INamedTypeSymbol? type, string name) => type?.IsNamed(Space, name) == true;
}
