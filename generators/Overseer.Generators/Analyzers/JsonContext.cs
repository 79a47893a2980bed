using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>The context that <c>[assembly: JobJson]</c> names: what it describes, and how.</summary>
internal sealed class JsonContext
{
    private const int MetadataMissing = 2;

    private readonly HashSet<string> described = new(StringComparer.Ordinal);

    private JsonContext(INamedTypeSymbol type)
    {
        Type = type;
        var mode = Named(type.Find("JsonSourceGenerationOptionsAttribute"), "GenerationMode") as int? ?? 0;
        foreach (var attribute in type.GetAttributes().Where(attribute => attribute.IsJsonSerializable()))
        {
            var ownMode = Named(attribute, "GenerationMode") as int? ?? 0;
            if ((ownMode == 0 ? mode : ownMode) == MetadataMissing) continue;
            if (attribute.ConstructorArguments is [{ Value: ITypeSymbol root }]) Describe(root);
        }
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>The settings of stored JSON that it does not have, as they are written.</summary>
    public IReadOnlyList<string> MissingOptions => FindMissingOptions().ToList();

    public static JsonContext? Of(Compilation compilation) =>
        JsonParser.FindContext(compilation.Assembly) is INamedTypeSymbol type && JsonParser.FindFlaw(type, compilation) is null ? Of(type) : null;

    public static JsonContext Of(INamedTypeSymbol type) => new(type);

    /// <summary>Whether it has metadata for a type: it is listed, or reached from one that is.</summary>
    public bool Describes(ITypeSymbol type) => described.Contains(TypeParser.Key(type));

    private IEnumerable<string> FindMissingOptions()
    {
        var options = Type.Find("JsonSourceGenerationOptionsAttribute");
        // JsonSerializerDefaults.Strict has two of them.
        var isStrict = options is { ConstructorArguments: [{ Value: 2 }] };
        if (Named(options, "IncludeFields") is not true) yield return "IncludeFields = true";
        if (Named(options, "PreferredObjectCreationHandling") is not 1) yield return "PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate";
        if ((Named(options, "RespectRequiredConstructorParameters") ?? isStrict) is not true) yield return "RespectRequiredConstructorParameters = true";
        if ((Named(options, "RespectNullableAnnotations") ?? isStrict) is not true) yield return "RespectNullableAnnotations = true";
    }

    private void Describe(ITypeSymbol type)
    {
        if (!described.Add(TypeParser.Key(type)) || type.HasConverter() || JsonTypes.IsBuiltIn(type)) return;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            Describe(nullable.TypeArguments[0]);
        }
        else if (JsonCollection.Of(type) is { } collection)
        {
            if (collection.Key is { } key) Describe(key);
            if (collection.Element is { } element) Describe(element);
        }
        else if (type is INamedTypeSymbol named)
        {
            foreach (var (derived, _) in type.DerivedTypes()) Describe(derived);
            foreach (var member in JsonMember.Of(named).Where(member => !member.IsIgnored)) Describe(member.Type);
        }
    }

    private static object? Named(AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key == name) return argument.Value.Value;
        }

        return null;
    }
}
