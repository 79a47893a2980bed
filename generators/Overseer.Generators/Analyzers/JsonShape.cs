using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Analyzers;

/// <summary>Whether a value of a type comes back from JSON as it was, with the settings that stored JSON has. Knows System.Text.Json of .NET 10; a test holds it against the real one.</summary>
internal sealed class JsonShape
{
    // A generic type may name itself with its arguments in every order.
    private const int MostTypes = 1000;

    private readonly HashSet<(ITypeSymbol, JsonUse)> seen = new(TypeAndUse.Comparer);

    /// <summary>Why a value may not come back, as a clause; null if it does.</summary>
    public static string? FindFlaw(ITypeSymbol type) => new JsonShape().Check(type, "it", JsonUse.Make);

    /// <summary>Whether what is stored of a member goes into an object that is made.</summary>
    public static bool IsReadBack(INamedTypeSymbol type, JsonMember member, JsonConstructor constructor) =>
        member.IsSet || constructor.Takes(member) || IsFilled(type, member, constructor);

    /// <summary>Whether a constructor stands in for the members that have to be set.</summary>
    public static bool SetsRequired(JsonConstructor constructor) =>
        constructor.Method?.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute") == true;

    private string? Check(ITypeSymbol type, string where, JsonUse use)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Check(nullable.TypeArguments[0], where, use);
        if (JsonTypes.IsTooDeep(type))
            return $"it holds types whose arguments nest more than {JsonTypes.MostNested} deep, as where a generic type names an ever larger form of itself, and System.Text.Json would not come to an end";
        if (type is IPointerTypeSymbol or IFunctionPointerTypeSymbol) return $"{where} is a pointer";
        if (type.IsRefLikeType) return $"{where} is a ref struct ({Show(type)})";
        if (type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Enum) return null;
        if (JsonTypes.IsBuiltIn(type) || JsonTypes.IsAnything(type) || type.HasConverter()) return null;
        if (JsonTypes.FindLive(type) is { } live) return $"{where} is {live}";
        if (seen.Count >= MostTypes || !seen.Add((type, use))) return null;
        if (JsonCollection.Of(type) is { } collection) return CheckCollection(collection, where, use);
        if (type is not INamedTypeSymbol named) return null;
        return CheckDerived(named, where, use) ?? CheckObject(named, where, use);
    }

    private string? CheckCollection(JsonCollection collection, string where, JsonUse use)
    {
        if (collection.Flaw is { } flaw && use >= collection.From) return $"{where} {flaw}";
        if (collection.Key is { } key && !JsonTypes.IsKey(key) && !key.HasConverter() && key.TypeKind is not (TypeKind.Enum or TypeKind.Error or TypeKind.TypeParameter))
            return $"{where} has keys of type {Show(key)}, which cannot be names in JSON";
        return collection.Element is { } element ? Check(element, "an element of " + where, use == JsonUse.Write ? JsonUse.Write : JsonUse.Make) : null;
    }

    private string? CheckDerived(INamedTypeSymbol type, string where, JsonUse use)
    {
        var derived = type.DerivedTypes().ToList();
        if (derived.Count == 0)
        {
            if (use != JsonUse.Write && type.IsPolymorphic()) return $"{where} is [JsonPolymorphic] without any [JsonDerivedType]";
            // A value of it is of a derived type, which is refused when it is written.
            return type.IsAbstract
                ? $"{where} is {(type.TypeKind == TypeKind.Interface ? "an interface" : "abstract")}, and no [JsonDerivedType] says which class {(use == JsonUse.Make ? "to make" : "may stand there")}"
                : null;
        }

        if (use == JsonUse.Write) return null;
        foreach (var (other, discriminator) in derived)
        {
            if (discriminator is null && !SymbolEqualityComparer.Default.Equals(other, type))
                return $"{where} may be a {Show(other)}, whose [JsonDerivedType] has no discriminator to read it back by";
            if (!SymbolEqualityComparer.Default.Equals(other, type) && Check(other, Show(other), JsonUse.Make) is { } flaw) return flaw;
        }

        return null;
    }

    private string? CheckObject(INamedTypeSymbol type, string where, JsonUse use)
    {
        var members = JsonMember.Of(type);
        var name = JsonTypes.NameOf(type);
        if (name == "System.Collections.Generic.KeyValuePair`2" && use == JsonUse.Fill)
            return $"{where} is a KeyValuePair, which cannot be read into the one that is there already (say [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)])";
        if (name == "System.Collections.Generic.KeyValuePair`2")
            return type.TypeArguments.Select(part => Check(part, $"a part of {where}", use)).FirstOrDefault(flaw => flaw is not null);
        // Its derived types are made instead of it, and were checked.
        var constructor = use == JsonUse.Make && !type.IsAbstract ? JsonConstructor.Of(type, members) : new(null, null);
        if (constructor.Flaw is { } flaw) return $"{where} {flaw}";
        if (FindTwins(members) is { } twins) return $"{where} has two members named \"{twins}\" in JSON";
        var isMade = use != JsonUse.Write;
        if (isMade && JsonFormerNames.FindFlaw(type, members) is { } formerName) return formerName;
        if (isMade && JsonTypes.IsOfFramework(type) && members.Any(member => member.IsRead) && !members.Any(member => IsKept(type, member, constructor)))
            return $"{where} is a {Show(type)}, of which nothing that is written is read back";
        foreach (var member in members)
        {
            if (member.IsIgnored && !(member.IsRequired && isMade)) continue;
            if (CheckMember(type, member, members, constructor, use) is { } found) return found;
        }

        return null;
    }

    private string? CheckMember(INamedTypeSymbol type, JsonMember member, ImmutableArray<JsonMember> members, JsonConstructor constructor, JsonUse use)
    {
        var where = $"{Show(type)}.{member.Symbol.Name}";
        if (use != JsonUse.Write && member is { IsRequired: true, IsLeftOutSometimes: true } && !SetsRequired(constructor))
            return $"{where} is required, and [JsonIgnore] may leave it out";
        if (member.Symbol.IsExtensionData() || !member.IsRead) return null;
        if (use != JsonUse.Write && JsonLeftOut.FindFlaw(type, member, constructor) is { } lost) return $"{where} {lost}";
        var hasConverter = member.Symbol.HasConverter();
        if (use == JsonUse.Write) return hasConverter ? null : Check(member.Type, where, JsonUse.Write);
        if (constructor.Takes(member)) return hasConverter ? null : Check(member.Type, where, JsonUse.Make);
        var isFilled = IsFilled(type, member, constructor);
        if (member.IsSet)
        {
            if (isFilled && JsonCollection.Of(member.Type) is not null && JsonInitializer.HasElements(member.Symbol))
                return $"{where} has elements when it is made, to which those that are read are added (say [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)])";
            if (hasConverter) return null;
            return (isFilled && IsThere(member) ? Check(member.Type, where, JsonUse.Fill) : null) ?? Check(member.Type, where, JsonUse.Make);
        }

        if (isFilled && !hasConverter && JsonInitializer.IsMade(member)) return Check(member.Type, where, JsonUse.Fill);
        if (JsonInitializer.IsFromConstructor(member) || (use == JsonUse.Fill && JsonConstructor.Of(type, members).Takes(member)))
        {
            return use == JsonUse.Fill
                ? $"{where} is written but not read back: it has no public setter, and goes into a {Show(type)} that is there already (say [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] where that is)"
                : $"{where} is written but not read back: it has no public setter, and the constructor that is called has no parameter of its name and type";
        }

        if (constructor.HasParameters && CouldBeFilled(member.Type))
            return $"{where} is written but not read back: without a setter it is filled only if the constructor of {Show(type)} takes no parameters";
        return hasConverter ? null : Check(member.Type, where, JsonUse.Write);
    }

    private static bool IsKept(INamedTypeSymbol type, JsonMember member, JsonConstructor constructor) => member.IsRead && IsReadBack(type, member, constructor);

    private static bool IsFilled(INamedTypeSymbol type, JsonMember member, JsonConstructor constructor) =>
        !constructor.HasParameters && !member.Symbol.IsReplaced() && !type.IsReplaced() && (CouldBeFilled(member.Type) || (member.IsSet && IsStructWithMembers(member.Type)));

    private static bool IsStructWithMembers(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Struct, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        && !JsonTypes.IsBuiltIn(type) && !type.HasConverter() && JsonTypes.FindLive(type) is null && JsonCollection.Of(type) is null;

    private static bool CouldBeFilled(ITypeSymbol type)
    {
        if (JsonTypes.IsBuiltIn(type) || JsonTypes.IsAnything(type) || type.HasConverter() || JsonTypes.FindLive(type) is not null) return false;
        if (JsonCollection.Of(type) is { } collection) return collection.IsFilled;
        return type is { IsReferenceType: true, TypeKind: TypeKind.Class or TypeKind.Interface };
    }

    // A struct always is; it is filled and put back.
    private static bool IsThere(JsonMember member) => member.Type.IsValueType || (JsonCollection.Of(member.Type) is null && JsonInitializer.HasValue(member.Symbol));

    private static string? FindTwins(ImmutableArray<JsonMember> members) =>
        members.Where(member => !member.IsIgnored).GroupBy(member => member.Symbol.JsonName(), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;

    private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private sealed class TypeAndUse : IEqualityComparer<(ITypeSymbol Type, JsonUse Use)>
    {
        public static readonly TypeAndUse Comparer = new();

        public bool Equals((ITypeSymbol Type, JsonUse Use) one, (ITypeSymbol Type, JsonUse Use) other) =>
            one.Use == other.Use && SymbolEqualityComparer.Default.Equals(one.Type, other.Type);

        public int GetHashCode((ITypeSymbol Type, JsonUse Use) pair) => SymbolEqualityComparer.Default.GetHashCode(pair.Type) * 3 + (int)pair.Use;
    }
}
