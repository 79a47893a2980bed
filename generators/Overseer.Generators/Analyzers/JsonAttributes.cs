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

    /// <summary>The converter of a type or member: the type it names, else the attribute that makes it; null if there is none.</summary>
    public static INamedTypeSymbol? Converter(this ISymbol symbol) => symbol.Find("JsonConverterAttribute", derived: true) is { } attribute
        ? attribute.ConstructorArguments is [{ Value: INamedTypeSymbol type }] ? type : attribute.AttributeClass
        : null;

    /// <summary>Whether a converter writes the names of an enum.</summary>
    public static bool IsStringEnumConverter(this INamedTypeSymbol converter) => converter.OriginalDefinition is var type
        && (Is(type, "JsonStringEnumConverter") || Is(type, "JsonStringEnumConverter`1"));

    /// <summary>Whether null may be set, where an attribute says otherwise than the type does; null if none does.</summary>
    public static bool? NullOnRead(this ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.IsNamed("System.Diagnostics.CodeAnalysis", "AllowNullAttribute") == true) return true;
            if (attribute.AttributeClass?.IsNamed("System.Diagnostics.CodeAnalysis", "DisallowNullAttribute") == true) return false;
        }

        return null;
    }

    /// <summary>The name of a member of an enum where it is written as text.</summary>
    public static string JsonEnumName(this IFieldSymbol member) =>
        member.Find("JsonStringEnumMemberNameAttribute") is { ConstructorArguments: [{ Value: string name }] } ? name : member.Name;

    /// <summary>How numbers are written and read, a <c>JsonNumberHandling</c>; null if nothing is said.</summary>
    public static int? NumberHandling(this ISymbol symbol) =>
        symbol.Find("JsonNumberHandlingAttribute") is { ConstructorArguments: [{ Value: int handling }] } ? handling : null;

    /// <summary>Whether a member that is not known makes an object unreadable.</summary>
    public static bool RefusesUnknown(this ISymbol symbol) =>
        symbol.Find("JsonUnmappedMemberHandlingAttribute") is { ConstructorArguments: [{ Value: 1 }] };

    /// <summary>The property that says which derived type it is.</summary>
    public static string Discriminator(this ISymbol symbol) =>
        symbol.Find("JsonPolymorphicAttribute")?.Named("TypeDiscriminatorPropertyName") is { Value: string name } ? name : "$type";

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

    /// <summary>The types of <c>[JsonDerivedType]</c>, each with the discriminator by which it is read back, if it has one.</summary>
    public static IEnumerable<(ITypeSymbol Type, object? Discriminator)> DerivedTypes(this ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, "JsonDerivedTypeAttribute") && attribute.ConstructorArguments is [{ Value: ITypeSymbol type }, ..])
                yield return (type, attribute.ConstructorArguments.ElementAtOrDefault(1).Value);
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
