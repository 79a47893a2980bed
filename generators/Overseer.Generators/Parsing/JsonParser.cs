using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Parsing;

/// <summary>Reads <c>[assembly: JobJson]</c>.</summary>
internal static class JsonParser
{
    private const string Generated = "Overseer.Generated.";

    /// <summary>Null if the assembly names no context, or one that generated code cannot use.</summary>
    public static JsonModel? ParseOwn(Compilation compilation)
    {
        if (FindContext(compilation.Assembly) is not INamedTypeSymbol context || FindFlaw(context, compilation) is not null) return null;
        var model = TypeParser.Parse(context, compilation);
        return new(ClassOf(compilation.Assembly), model.Name, model.Is(TypeTraits.Obsolete));
    }

    /// <summary>Null if a referenced assembly brings no metadata.</summary>
    public static JsonModel? ParseReferenced(IAssemblySymbol assembly)
    {
        var name = ClassOf(assembly);
        return assembly.GetTypeByMetadataName(Generated + name) is null ? null : new(name, "", IsObsolete: false);
    }

    public static AttributeData? FindAttribute(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.IsJobJson()) return attribute;
        }

        return null;
    }

    public static ITypeSymbol? FindContext(IAssemblySymbol assembly) =>
        FindAttribute(assembly) is { ConstructorArguments: [{ Value: ITypeSymbol context }] } ? context : null;

    /// <summary>What keeps generated code from using a type as context: it says <c>Context.Default</c>, which System.Text.Json's own generator adds.</summary>
    public static string? FindFlaw(ITypeSymbol type, Compilation compilation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } context || !DerivesFromContext(context)) return "it does not derive from JsonSerializerContext";
        if (context.IsAbstract || context.IsGenericType || context.ContainingType is { IsGenericType: true }) return "it is abstract or generic";
        if (Access.Of(context, compilation) == Visibility.Hidden) return "it is not accessible to generated code";
        if (context.GetMembers("Default").Any(member => member is IPropertySymbol { IsStatic: true } && Access.OfMember(member, compilation) != Visibility.Hidden)) return null;
        if (!SymbolEqualityComparer.Default.Equals(context.ContainingAssembly, compilation.Assembly)) return "it has no accessible Default property";
        if (!context.GetAttributes().Any(attribute => attribute.IsJsonSerializable())) return "it has no [JsonSerializable]";
        return IsPartial(context) ? null : "it, or a class around it, is not partial";
    }

    private static bool IsPartial(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (!level.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword))) return false;
        }

        return true;
    }

    private static bool DerivesFromContext(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (level.IsNamed("System.Text.Json.Serialization", "JsonSerializerContext")) return true;
        }

        return false;
    }

    private static string ClassOf(IAssemblySymbol assembly) => Identifiers.Assembly(assembly.Name) + "_JobJson";
}
