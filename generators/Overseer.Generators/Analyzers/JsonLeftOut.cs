using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Analyzers;

/// <summary>Members that <c>[JsonIgnore]</c> leaves out where they have the default of their type: they come back as what a new object has.</summary>
internal static class JsonLeftOut
{
    /// <summary>Why such a member does not come back, as a clause that follows its name; null if it does, or if the source does not tell.</summary>
    /// <param name="type">The type that is made.</param>
    /// <param name="member">One of its members.</param>
    /// <param name="constructor">How it is made.</param>
    public static string? FindFlaw(INamedTypeSymbol type, JsonMember member, JsonConstructor constructor)
    {
        if (member is not { IsLeftOutSometimes: true, Ignore: JsonAttributes.IgnoreWhenDefault or JsonAttributes.IgnoreWhenNull }) return null;
        var taker = constructor.TakerOf(member);
        // A struct may be made without its initializers, or be read into the one that is there.
        var isOther = taker is null ? !type.IsValueType && JsonInitializer.IsOtherThanDefault(member) : IsOther(taker);
        if (!isOther) return null;
        var lost = member.Ignore == JsonAttributes.IgnoreWhenNull || !member.Type.IsValueType ? "null" : "the default of its type";
        return $"is left out by [JsonIgnore] when it is {lost}, and then comes back as the value that a new {type.Name} has (take that value or the [JsonIgnore] away)";
    }

    /// <summary>Whether a value is the default of its type.</summary>
    public static bool IsZero(object value) => value switch
    {
        bool truth => !truth,
        char sign => sign == '\0',
        string => false,
        IConvertible number => number.ToDouble(System.Globalization.CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    private static bool IsOther(IParameterSymbol taker) =>
        taker is { HasExplicitDefaultValue: true, ExplicitDefaultValue: { } value } && (JsonInitializer.MayBeNull(taker.Type) || !IsZero(value));
}
