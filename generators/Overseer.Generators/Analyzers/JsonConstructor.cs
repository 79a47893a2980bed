using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Analyzers;

/// <summary>How System.Text.Json makes an object.</summary>
/// <param name="Method">The constructor it calls; null for a struct's own, or if there is none.</param>
/// <param name="Flaw">Why it cannot make one; null if it can.</param>
internal sealed record JsonConstructor(IMethodSymbol? Method, string? Flaw)
{
    public bool HasParameters => Method is { Parameters.IsEmpty: false };

    public static JsonConstructor Of(INamedTypeSymbol type, ImmutableArray<JsonMember> members)
    {
        var marked = type.InstanceConstructors.Where(constructor => constructor.IsJsonConstructor()).ToList();
        if (marked.Count > 1) return new(null, "has more than one [JsonConstructor]");
        if (marked.Count == 1) return new(marked[0], FindFlaw(marked[0], members));
        if (type.IsValueType) return new(null, null);
        var open = type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        var chosen = open.Find(constructor => constructor.Parameters.IsEmpty) ?? (open.Count == 1 ? open[0] : null);
        return chosen is null
            ? new(null, "has no constructor that System.Text.Json would call: a public one without parameters, a single public one, or one with [JsonConstructor]")
            : new(chosen, FindFlaw(chosen, members));
    }

    /// <summary>Whether a parameter gets what was written of that member: names may differ in case, types may not differ.</summary>
    public bool Takes(JsonMember member) => TakerOf(member) is not null;

    /// <summary>The parameter that gets what was written of that member.</summary>
    public IParameterSymbol? TakerOf(JsonMember member) => Method?.Parameters.FirstOrDefault(parameter => Matches(parameter, member));

    private static string? FindFlaw(IMethodSymbol constructor, ImmutableArray<JsonMember> members)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None) return $"has a constructor whose parameter '{parameter.Name}' is passed by reference";
            if (members.FirstOrDefault(member => Matches(parameter, member)) is not { } member)
                return $"has a constructor whose parameter '{parameter.Name}' has no public property or field of its name and type";
            if (!parameter.HasExplicitDefaultValue && member.IsLeftOutSometimes)
                return $"has a constructor that needs {member.Symbol.Name}, which [JsonIgnore] may leave out";
        }

        return null;
    }

    private static bool Matches(IParameterSymbol parameter, JsonMember member) =>
        string.Equals(parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, member.Type);
}
