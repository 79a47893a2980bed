using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>The names under which the members of one type were stored before, as <c>[WasNamed]</c> gives them.</summary>
internal sealed class JsonFormerNames
{
    private readonly INamedTypeSymbol type;
    private readonly IReadOnlyList<JsonMember> members;
    private readonly JsonConstructor constructor;

    public JsonFormerNames(INamedTypeSymbol type, ImmutableArray<JsonMember> all)
    {
        this.type = type;
        members = all.Where(member => !member.IsIgnored).ToList();
        constructor = JsonConstructor.Of(type, all);
    }

    /// <summary>Which former name would not be read, as a clause; null if all of them are.</summary>
    /// <param name="type">A type whose members have different names now.</param>
    /// <param name="members">Its members.</param>
    public static string? FindFlaw(INamedTypeSymbol type, ImmutableArray<JsonMember> members)
    {
        var names = new JsonFormerNames(type, members);
        return names.FindClash() ?? names.FindUnread();
    }

    /// <summary>The names of one member, the latest first.</summary>
    public IEnumerable<string> NamesOf(JsonMember member)
    {
        var names = Enumerable.Empty<string>();
        for (var symbol = member.Symbol; symbol is not null; symbol = (symbol as IPropertySymbol)?.OverriddenProperty) names = names.Concat(NamesOn(symbol));
        return constructor.Method?.Parameters.FirstOrDefault(parameter => IsOf(parameter, member)) is { } taker ? names.Concat(NamesOn(taker)) : names;
    }

    private string? FindClash()
    {
        var present = members.ToDictionary(member => member.Symbol.JsonName(), StringComparer.Ordinal);
        var claimed = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            foreach (var name in NamesOf(member).Distinct(StringComparer.Ordinal))
            {
                if (name.Length == 0) return $"{Show(member)} was never named \"\" (take that out of its [WasNamed])";
                if (present.TryGetValue(name, out var other) && other != member)
                    return $"{Show(member)} was named \"{name}\", and is not read from there, because {Show(other)} is named so now (take one of the two names away)";
                if (claimed.TryGetValue(name, out other))
                    return $"{Show(other)} and {Show(member)} were both named \"{name}\", which can be read as one of them only (take it out of one [WasNamed])";
                claimed.Add(name, member);
            }
        }

        return null;
    }

    /// <summary>A parameter of another constructor says nothing of the member when the type is read: as that of a base record does.</summary>
    private string? FindUnread()
    {
        if (type.IsAbstract) return null;
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var parameter in level.InstanceConstructors.Where(other => !SymbolEqualityComparer.Default.Equals(other, constructor.Method)).SelectMany(other => other.Parameters))
            {
                if (NamesOn(parameter) is not [var name, ..] || members.FirstOrDefault(member => IsOf(parameter, member)) is not { } member) continue;
                if (!NamesOf(member).Contains(name))
                    return $"{Show(member)} is not read from \"{name}\", because [WasNamed] is on a parameter of a constructor that is not the one called for {Show(type)} (say [property: WasNamed])";
            }
        }

        return null;
    }

    private static bool IsOf(IParameterSymbol parameter, JsonMember member) => string.Equals(parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase);

    private static List<string> NamesOn(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.IsWasNamed()) is { ConstructorArguments: [{ Kind: TypedConstantKind.Array, IsNull: false } names] }
            ? names.Values.Select(name => name.Value as string ?? "").ToList()
            : [];

    private string Show(JsonMember member) => $"{Show(type)}.{member.Symbol.Name}";

    private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
