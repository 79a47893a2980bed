using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>The beginning of a path into a payload, as far as it consists of what types declare: members and places, not the keys of a dictionary.</summary>
internal static class DeclaredPath
{
    public static string Of(string path, JsonTypeInfo root)
    {
        var place = 1;
        for (var type = root; place < path.Length && type is not null;)
        {
            var (length, next) = Next(path.AsSpan(place), type);
            if (length == 0) break;
            place += length;
            type = next is null ? null : root.Options.GetTypeInfo(Nullable.GetUnderlyingType(next) ?? next);
        }

        return place == path.Length ? path : path[..place] + "…";
    }

    // A derived type's too, where the payload may be one.
    private static IEnumerable<JsonPropertyInfo> Members(JsonTypeInfo type) =>
        type.Properties.Concat((type.PolymorphismOptions?.DerivedTypes ?? []).Where(derived => derived.DerivedType != type.Type).SelectMany(derived => type.Options.GetTypeInfo(derived.DerivedType).Properties));

    private static (int Length, Type? Type) Next(ReadOnlySpan<char> path, JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            var digits = path[0] == '[' ? path[1..].IndexOfAnyExceptInRange('0', '9') : 0;
            return digits > 0 && path[1 + digits] == ']' ? (digits + 2, type.ElementType) : default;
        }

        if (type.Kind != JsonTypeInfoKind.Object) return default;
        foreach (var member in Members(type))
        {
            foreach (var spelling in (ReadOnlySpan<string>)[$".{member.Name}", $"['{member.Name}']"])
            {
                if (path.StartsWith(spelling, StringComparison.Ordinal) && (path.Length == spelling.Length || path[spelling.Length] is '.' or '[')) return (spelling.Length, member.PropertyType);
            }
        }

        return default;
    }
}
