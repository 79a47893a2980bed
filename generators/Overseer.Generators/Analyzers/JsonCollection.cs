using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Analyzers;

/// <summary>What System.Text.Json writes as an array or as a map.</summary>
/// <param name="Key">The type of the keys; null if there are none.</param>
/// <param name="Element">The type of the elements; null if they are free-form.</param>
/// <param name="Flaw">Why it cannot be read back; null if it can.</param>
/// <param name="From">The least use that the flaw is in the way of.</param>
/// <param name="IsFilled">Whether one that is there already can be filled.</param>
internal sealed record JsonCollection(ITypeSymbol? Key, ITypeSymbol? Element, string? Flaw, JsonUse From, bool IsFilled)
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";

    private static readonly HashSet<string> Fillable =
    [
        Generic + "IList`1", Generic + "ICollection`1", Generic + "ISet`1", Generic + "IDictionary`2", "System.Collections.IList", "System.Collections.IDictionary",
    ];

    private static readonly HashSet<string> Readable =
    [
        Generic + "IEnumerable`1", Generic + "IReadOnlyCollection`1", Generic + "IReadOnlyList`1", Generic + "IReadOnlyDictionary`2",
        "System.Collections.IEnumerable", "System.Collections.ICollection",
        Immutable + "IImmutableList`1", Immutable + "IImmutableSet`1", Immutable + "IImmutableQueue`1", Immutable + "IImmutableDictionary`2",
        Immutable + "ImmutableArray`1", Immutable + "ImmutableList`1", Immutable + "ImmutableQueue`1", Immutable + "ImmutableHashSet`1", Immutable + "ImmutableSortedSet`1",
        Immutable + "ImmutableDictionary`2", Immutable + "ImmutableSortedDictionary`2",
    ];

    private static readonly string[] Stacks =
    [
        Generic + "Stack`1", "System.Collections.Concurrent.ConcurrentStack`1", "System.Collections.Stack", Immutable + "ImmutableStack`1", Immutable + "IImmutableStack`1",
    ];

    private static readonly string[] Queues = [Generic + "Queue`1", "System.Collections.Concurrent.ConcurrentQueue`1", "System.Collections.Queue"];

    /// <summary>Null if the type is no collection.</summary>
    public static JsonCollection? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return new(null, array.ElementType, array.Rank > 1 ? "is an array of several dimensions, which System.Text.Json does not support" : null, JsonUse.Write, IsFilled: false);
        if (type is not INamedTypeSymbol named) return null;
        var name = JsonTypes.NameOf(named);
        if (name is "System.Memory`1" or "System.ReadOnlyMemory`1") return new(null, named.TypeArguments[0], null, JsonUse.Make, IsFilled: false);
        if (FindInterface(named, Generic + "IAsyncEnumerable`1") is { } asynchronous)
            return new(null, asynchronous.TypeArguments[0], "is an asynchronous sequence, which is not there yet", JsonUse.Write, IsFilled: false);
        if (FindInterface(named, "System.Collections.IEnumerable") is null) return null;

        var pairs = FindInterface(named, Generic + "IDictionary`2") ?? FindInterface(named, Generic + "IReadOnlyDictionary`2");
        var element = pairs?.TypeArguments[1] ?? FindInterface(named, Generic + "IEnumerable`1")?.TypeArguments[0];
        var (flaw, from) = FindFlaw(named, name);
        return new(pairs?.TypeArguments[0], element, flaw, from, named is { TypeKind: TypeKind.Class } ? !Readable.Contains(name) : Fillable.Contains(name));
    }

    private static (string? Flaw, JsonUse From) FindFlaw(INamedTypeSymbol type, string name)
    {
        if (Fillable.Contains(name) || Readable.Contains(name)) return default;
        if (Stacks.Any(stack => IsOrDerives(type, stack))) return ("is a stack, which comes back in reverse order", JsonUse.Fill);
        if (type.IsAbstract || name == "System.ArraySegment`1") return ("is a collection that System.Text.Json cannot make", JsonUse.Fill);
        var canBeFilled = Queues.Any(queue => IsOrDerives(type, queue))
            || FindInterface(type, Generic + "ICollection`1") is not null
            || FindInterface(type, "System.Collections.IList") is not null
            || FindInterface(type, "System.Collections.IDictionary") is not null;
        if (!canBeFilled) return ("is a collection that System.Text.Json cannot fill", JsonUse.Fill);
        if (FindExtra(type) is { } extra) return ($"is a collection, of which only the elements are stored and not {extra.Name}", JsonUse.Fill);
        if (type.TypeKind != TypeKind.Class || type.InstanceConstructors.Any(IsPublicAndEmpty)) return default;
        return ("is a collection without a public constructor that takes nothing", IsReadOnly(type) ? JsonUse.Fill : JsonUse.Make);
    }

    private static bool IsReadOnly(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (JsonTypes.NameOf(level).StartsWith("System.Collections.ObjectModel.ReadOnly", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsPublicAndEmpty(IMethodSymbol constructor) => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public };

    /// <summary>Data that a collection class of the user's has besides its elements.</summary>
    private static ISymbol? FindExtra(INamedTypeSymbol type) =>
        JsonMember.Of(type).FirstOrDefault(member =>
            !member.IsIgnored && member is { IsRead: true, IsSet: true } && member.Symbol.ContainingType.DeclaringSyntaxReferences.Any())?.Symbol;

    private static INamedTypeSymbol? FindInterface(INamedTypeSymbol type, string name)
    {
        if (JsonTypes.NameOf(type) == name) return type;
        foreach (var contract in type.AllInterfaces)
        {
            if (JsonTypes.NameOf(contract) == name) return contract;
        }

        return null;
    }

    private static bool IsOrDerives(INamedTypeSymbol type, string name)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (JsonTypes.NameOf(level) == name) return true;
        }

        return false;
    }
}
