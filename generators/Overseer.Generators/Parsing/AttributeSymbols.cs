using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Parsing;

/// <summary>Recognises attributes by namespace and metadata name, which also holds in an assembly that has another copy of the type.</summary>
internal static class AttributeSymbols
{
    public const string JobType = "Overseer.JobTypeAttribute";

    private const string Injection = "Microsoft.Extensions.DependencyInjection";

    public static bool IsJobType(this AttributeData attribute) => attribute.Is("Overseer", "JobTypeAttribute");

    public static bool IsJobGraph(this AttributeData attribute) => attribute.Is("Overseer", "JobGraphAttribute");

    public static bool IsJobManifest(this AttributeData attribute) => attribute.Is("Overseer", "JobManifestAttribute");

    public static bool IsWasNamed(this AttributeData attribute) => attribute.Is("Overseer", "WasNamedAttribute");

    public static bool IsJobJson(this AttributeData attribute) => attribute.Is("Overseer", "JobJsonAttribute");

    public static bool IsJsonSerializable(this AttributeData attribute) => attribute.Is("System.Text.Json.Serialization", "JsonSerializableAttribute");

    public static bool IsDependsOn(this AttributeData attribute) =>
        attribute.Is("Overseer", "DependsOnAttribute") || attribute.Is("Overseer", "DependsOnAttribute`1");

    public static bool IsHarness(this AttributeData attribute) => attribute.Is("Overseer", "HarnessAttribute`1");

    public static bool IsResultOf(this AttributeData attribute) => attribute.Is("Overseer", "ResultOfAttribute`1");

    public static bool IsFromServices(this AttributeData attribute) =>
        attribute.Is("Overseer", "FromServicesAttribute") || attribute.Is("Microsoft.AspNetCore.Mvc", "FromServicesAttribute");

    public static bool IsFromKeyedServices(this AttributeData attribute) => attribute.Is(Injection, "FromKeyedServicesAttribute");

    public static bool IsActivatorConstructor(this AttributeData attribute) => attribute.Is(Injection, "ActivatorUtilitiesConstructorAttribute");

    public static bool IsSetsRequiredMembers(this AttributeData attribute) =>
        attribute.Is("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute");

    /// <summary>Whether using the symbol is an error, which nothing can silence.</summary>
    public static bool IsGone(this ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.Is("System", "ObsoleteAttribute") && attribute.ConstructorArguments is [_, { Value: true }]) return true;
        }

        return false;
    }

    /// <summary>Whether using the symbol warns.</summary>
    public static bool IsObsolete(this ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.Is("System", "ObsoleteAttribute")) return true;
        }

        return false;
    }

    /// <summary>What a named argument of an attribute is given; null if it is not given.</summary>
    public static TypedConstant? Named(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name) return argument.Value;
        }

        return null;
    }

    public static string FullName(this INamespaceSymbol? space) => space is null or { IsGlobalNamespace: true } ? "" : space.ToDisplayString();

    public static bool IsNamed(this ITypeSymbol type, string space, string metadataName) =>
        type.MetadataName == metadataName && type.ContainingType is null && type.ContainingNamespace.FullName() == space;

    private static bool Is(this AttributeData attribute, string space, string metadataName) => attribute.AttributeClass?.IsNamed(space, metadataName) == true;
}
