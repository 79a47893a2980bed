using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>Refuses a value whose type is derived from the declared one, of which System.Text.Json would silently keep only what the declared type has.</summary>
/// <remarks>
/// What <c>[JsonDerivedType]</c> lists is written by the metadata of its own type, so it passes; so does what a converter writes, and a
/// collection, which is its elements. Sealed types, whose values can be of no other, cost nothing.
/// </remarks>
internal static class ExactTypes
{
    public static IJsonTypeInfoResolver In(IJsonTypeInfoResolver metadata) => metadata.WithAddedModifier(AddCheck);

    private static void AddCheck(JsonTypeInfo info)
    {
        var declared = info.Type;
        // A value where an object is declared is written by its own type.
        if (info.Kind != JsonTypeInfoKind.Object || declared.IsSealed || declared == typeof(object)) return;
        var own = info.OnSerializing;
        info.OnSerializing = value =>
        {
            if (value.GetType() != declared) throw Refuse(value.GetType(), declared);
            own?.Invoke(value);
        };
    }

    private static JsonException Refuse(Type actual, Type declared) => new(
        $"a {actual} stands where {declared} is declared, and of it only what {declared} has would be stored. "
        + $"Declare {actual.Name}, or put [JsonDerivedType(typeof({actual.Name}), \"{actual.Name.ToLowerInvariant()}\")] on {declared.Name}.");
}
