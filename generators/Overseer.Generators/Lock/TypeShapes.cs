using Microsoft.CodeAnalysis;
using Overseer.Generators.Analyzers;

namespace Overseer.Generators.Lock;

/// <summary>The shapes that types have in JSON, and which symbols give them.</summary>
/// <param name="areEnumsText">Whether the linked context writes enums by their names.</param>
internal sealed class TypeShapes(bool areEnumsText)
{
    private const string KeyValuePair = "System.Collections.Generic.KeyValuePair`2";

    private static readonly string[] Sets =
    [
        "System.Collections.Generic.ISet`1", "System.Collections.Generic.IReadOnlySet`1", "System.Collections.Immutable.IImmutableSet`1",
    ];

    private static readonly SymbolDisplayFormat Names = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.ExpandValueTuple
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly Dictionary<string, INamedTypeSymbol> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Member), ISymbol> members = [];

    public SortedDictionary<string, LockedType> Types { get; } = LockModel.New<LockedType>();

    /// <summary>What a type or one of its members stands in the source for; null if it is not known.</summary>
    public ISymbol? Find(string type, string? member) => member is not null && members.TryGetValue((type, member), out var found) ? found
        : symbols.TryGetValue(type, out var symbol) ? symbol
        : null;

    public INamedTypeSymbol? FindType(string type) => symbols.TryGetValue(type, out var symbol) ? symbol : null;

    public LockedValue Read(ITypeSymbol type) => Read(type, handling: 0);

    private LockedValue Read(ITypeSymbol type, int handling)
    {
        var value = ReadBare(type, handling);
        return IsNullable(type) ? value with { IsNullable = true } : value;
    }

    private LockedValue ReadBare(ITypeSymbol type, int handling)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) return ReadBare(nullable.TypeArguments[0], handling);
        if (type.Converter() is { } converter) return Converted(type, converter);
        if (IsBytes(type)) return new(ValueKind.BuiltIn, BuiltIns.Base64);
        if (JsonTypes.IsAnything(type) || type.Name is "JsonElement" or "JsonDocument" or "JsonNode" && JsonTypes.IsBuiltIn(type)) return LockedValue.Any with { IsNullable = type.IsValueType };
        if (JsonTypes.IsBuiltIn(type)) return BuiltIn(type, handling);
        if (type.TypeKind == TypeKind.Enum) return new(areEnumsText ? ValueKind.Text : ValueKind.Type, Register((INamedTypeSymbol)type));
        if (JsonCollection.Of(type) is { } collection) return Collection(type, collection, handling);
        return type is INamedTypeSymbol named && !JsonTypes.IsTooDeep(type) ? new(ValueKind.Type, Register(named)) : LockedValue.Any;
    }

    private static bool IsBytes(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte }
        || (type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } named && JsonTypes.NameOf(named) is "System.Memory`1" or "System.ReadOnlyMemory`1");

    private static LockedValue BuiltIn(ITypeSymbol type, int handling)
    {
        var name = type.SpecialType is SpecialType.None or SpecialType.System_DateTime ? type.Name : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Names);
        return handling != 0 && BuiltIns.IsNumber(name) ? new(ValueKind.Text, NumberText.Name(name, handling)) : new(ValueKind.BuiltIn, name);
    }

    private LockedValue Converted(ITypeSymbol type, INamedTypeSymbol converter)
    {
        var bare = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return bare.TypeKind == TypeKind.Enum && converter.IsStringEnumConverter()
            ? new(ValueKind.Text, Register((INamedTypeSymbol)bare))
            : new(ValueKind.Converted, converter.ToDisplayString(Names));
    }

    private LockedValue Collection(ITypeSymbol type, JsonCollection collection, int handling)
    {
        var element = collection.Element is { } of ? Read(of, handling) : LockedValue.Any;
        if (collection.Key is { } key) return new(ValueKind.Map, "", Element: element, Key: ReadKey(key));
        var isSet = type.AllInterfaces.Append(type as INamedTypeSymbol).Any(contract => contract is not null && Array.IndexOf(Sets, JsonTypes.NameOf(contract)) >= 0);
        return new(isSet ? ValueKind.Set : ValueKind.Array, "", Element: element);
    }

    // As the name of a property an enum is text.
    private LockedValue ReadKey(ITypeSymbol key) =>
        key.TypeKind == TypeKind.Enum && key.Converter() is null ? new(ValueKind.Text, Register((INamedTypeSymbol)key)) : ReadBare(key, handling: 0);

    private string Register(INamedTypeSymbol type)
    {
        var written = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Names);
        // A type of the user's may be called like one that needs no entry.
        var name = type.ContainingNamespace is { IsGlobalNamespace: true } && LockedValue.Parse(written) is not { Kind: ValueKind.Type } ? "global::" + written : written;
        if (symbols.ContainsKey(name)) return name;
        symbols.Add(name, type);
        // It may name itself.
        Types[name] = new LockedObject(LockModel.New<LockedMember>(), true, null, LockModel.New<LockedValue>(), false, false);
        Types[name] = type.TypeKind == TypeKind.Enum ? ReadEnum(type, name) : ReadObject(type, name);
        return name;
    }

    private LockedEnum ReadEnum(INamedTypeSymbol type, string name)
    {
        var read = new LockedEnum(type.EnumUnderlyingType?.ToDisplayString(Names) ?? "int", LockModel.New<string>());
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue))
        {
            read.Values[member.JsonEnumName()] = Convert.ToString(member.ConstantValue, System.Globalization.CultureInfo.InvariantCulture);
            members[(name, member.JsonEnumName())] = member;
        }

        return read;
    }

    private LockedObject ReadObject(INamedTypeSymbol type, string name)
    {
        var read = new LockedObject(LockModel.New<LockedMember>(), !type.IsAbstract, null, LockModel.New<LockedValue>(), type.RefusesUnknown(), false);
        foreach (var (derived, discriminator) in type.DerivedTypes())
        {
            if (discriminator is null) continue;
            read = read with { Discriminator = type.Discriminator() };
            read.Derived[discriminator is string text ? text : "#" + discriminator] = new(ValueKind.Type, derived is INamedTypeSymbol named ? Register(named) : "");
        }

        // One that cannot be made is never read as itself, and its derived types have its members as their own.
        if (type.IsAbstract) return read;
        var all = JsonMember.Of(type);
        read = read with { KeepsUnknown = all.Any(member => member.Symbol.IsExtensionData()) };
        var constructor = JsonConstructor.Of(type, all);
        var formerNames = new JsonFormerNames(type, all);
        foreach (var member in all.Where(member => !member.IsIgnored && !member.Symbol.IsExtensionData()))
        {
            var isReadBack = member.Ignore != JsonAttributes.IgnoreWhenReading && (JsonShape.IsReadBack(type, member, constructor) || JsonTypes.NameOf(type) == KeyValuePair);
            if (!isReadBack && !member.IsRead) continue;
            var key = member.Symbol.JsonName();
            var taker = constructor.TakerOf(member);
            members[(name, key)] = (ISymbol?)taker ?? member.Symbol;
            read.Members[key] = new(
                ReadMember(type, member, taker),
                !isReadBack ? MemberUse.Written : IsRequired(member, taker, constructor) ? MemberUse.Required : member.IsLeftOutSometimes ? MemberUse.Sometimes : MemberUse.Optional,
                isReadBack ? formerNames.NamesOf(member).Distinct().ToList() : []);
        }

        return read;
    }

    private LockedValue ReadMember(INamedTypeSymbol type, JsonMember member, IParameterSymbol? taker)
    {
        var stands = taker?.Type ?? member.Type;
        var handling = member.Symbol.NumberHandling() ?? type.NumberHandling() ?? 0;
        var value = member.Symbol.Converter() is { } converter ? Converted(stands, converter) : ReadBare(stands, handling);
        var isNullable = taker is null && member.Symbol.NullOnRead() is { } said ? said : IsNullable(stands);
        return isNullable ? value with { IsNullable = true } : value;
    }

    private static bool IsRequired(JsonMember member, IParameterSymbol? taker, JsonConstructor constructor) =>
        taker is { HasExplicitDefaultValue: false } || member.Symbol.IsJsonRequired() || (member.IsRequired && !JsonShape.SetsRequired(constructor));

    private static bool IsNullable(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || (type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated);
}
