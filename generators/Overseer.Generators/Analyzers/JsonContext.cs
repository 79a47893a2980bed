using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>The context that <c>[assembly: JobJson]</c> names: what it describes, and how.</summary>
internal sealed class JsonContext
{
    /// <summary>The setting without which a context stores enums under their names.</summary>
    public const string EnumsAsNumbers = "UseStringEnumConverter = false";

    private const int MetadataMissing = 2;

    private readonly Dictionary<string, ITypeSymbol> described = NoTypes();

    private JsonContext(INamedTypeSymbol type)
    {
        Type = type;
        var mode = Named(type.Find("JsonSourceGenerationOptionsAttribute"), "GenerationMode") as int? ?? 0;
        foreach (var attribute in type.GetAttributes().Where(attribute => attribute.IsJsonSerializable()))
        {
            var ownMode = Named(attribute, "GenerationMode") as int? ?? 0;
            if ((ownMode == 0 ? mode : ownMode) == MetadataMissing) continue;
            if (attribute.ConstructorArguments is [{ Value: ITypeSymbol root }]) Describe(root, described);
        }
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>All that it has metadata for.</summary>
    public IEnumerable<ITypeSymbol> Types => described.Values;

    /// <summary>Whether it writes enums by their names, which no other setting of it does to what is stored.</summary>
    public bool WritesEnumsAsText => Named(Type.Find("JsonSourceGenerationOptionsAttribute"), "UseStringEnumConverter") is true;

    /// <summary>The settings of stored JSON that it does not have, as they are written.</summary>
    public IReadOnlyList<string> MissingOptions => FindMissingOptions().ToList();

    public static JsonContext? Of(Compilation compilation) =>
        JsonParser.FindContext(compilation.Assembly) is INamedTypeSymbol type && JsonParser.FindFlaw(type, compilation) is null ? Of(type) : null;

    public static JsonContext Of(INamedTypeSymbol type) => new(type);

    /// <summary>What a context would have metadata for if it listed these types.</summary>
    public static IReadOnlyCollection<ITypeSymbol> Reached(IEnumerable<ITypeSymbol> roots)
    {
        var described = NoTypes();
        foreach (var root in roots) Describe(root, described);
        return described.Values;
    }

    /// <summary>Whether it has metadata for a type: it is listed, or reached from one that is.</summary>
    public bool Describes(ITypeSymbol type) => described.ContainsKey(TypeParser.Key(type));

    private IEnumerable<string> FindMissingOptions()
    {
        var options = Type.Find("JsonSourceGenerationOptionsAttribute");
        // JsonSerializerDefaults.Strict has two of them.
        var isStrict = options is { ConstructorArguments: [{ Value: 2 }] };
        if (Named(options, "IncludeFields") is not true) yield return "IncludeFields = true";
        if (Named(options, "PreferredObjectCreationHandling") is not 1) yield return "PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate";
        if ((Named(options, "RespectRequiredConstructorParameters") ?? isStrict) is not true) yield return "RespectRequiredConstructorParameters = true";
        if ((Named(options, "RespectNullableAnnotations") ?? isStrict) is not true) yield return "RespectNullableAnnotations = true";
        // Unlike other settings that stored JSON has not, it goes into the metadata.
        if (Named(options, "UseStringEnumConverter") is true) yield return EnumsAsNumbers;
    }

    // System.Text.Json would describe nothing of a type whose forms never end: the first that is too deep ends the walk.
    private static bool Describe(ITypeSymbol type, Dictionary<string, ITypeSymbol> described)
    {
        if (JsonTypes.IsTooDeep(type)) return false;
        var identity = TypeParser.Key(type);
        if (described.ContainsKey(identity)) return true;
        described.Add(identity, type);
        return type.HasConverter() || JsonTypes.IsBuiltIn(type) || PartsOf(type).All(part => Describe(part, described));
    }

    private static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) return [nullable.TypeArguments[0]];
        if (JsonCollection.Of(type) is { } collection) return new[] { collection.Key, collection.Element }.OfType<ITypeSymbol>();
        return type is INamedTypeSymbol named
            ? named.DerivedTypes().Select(derived => derived.Type).Concat(JsonMember.Of(named).Where(member => !member.IsIgnored).Select(member => member.Type))
            : [];
    }

    private static Dictionary<string, ITypeSymbol> NoTypes() => new(StringComparer.Ordinal);

    private static object? Named(AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key == name) return argument.Value.Value;
        }

        return null;
    }
}
