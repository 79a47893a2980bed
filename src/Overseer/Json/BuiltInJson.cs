using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>Metadata of the types that are one JSON value by themselves, so that no context has to list them. The analyzers know the same list.</summary>
internal sealed class BuiltInJson : IJsonTypeInfoResolver
{
    public static readonly BuiltInJson Instance = new();

    private static readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Known = CreateKnown();

    public static IEnumerable<Type> Types => Known.Keys;

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Known.TryGetValue(type, out var create) ? create(options) : null;

    private static Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> CreateKnown()
    {
        var known = new Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>>();
        Value(JsonMetadataServices.BooleanConverter);
        Value(JsonMetadataServices.ByteConverter);
        Value(JsonMetadataServices.SByteConverter);
        Value(JsonMetadataServices.Int16Converter);
        Value(JsonMetadataServices.UInt16Converter);
        Value(JsonMetadataServices.Int32Converter);
        Value(JsonMetadataServices.UInt32Converter);
        Value(JsonMetadataServices.Int64Converter);
        Value(JsonMetadataServices.UInt64Converter);
        Value(JsonMetadataServices.Int128Converter);
        Value(JsonMetadataServices.UInt128Converter);
        Value(JsonMetadataServices.HalfConverter);
        Value(JsonMetadataServices.SingleConverter);
        Value(JsonMetadataServices.DoubleConverter);
        Value(JsonMetadataServices.DecimalConverter);
        Value(JsonMetadataServices.DateTimeConverter);
        Value(JsonMetadataServices.DateTimeOffsetConverter);
        Value(JsonMetadataServices.DateOnlyConverter);
        Value(JsonMetadataServices.TimeOnlyConverter);
        Value(JsonMetadataServices.TimeSpanConverter);
        Value(JsonMetadataServices.GuidConverter);
        Value(JsonMetadataServices.JsonElementConverter);
        Value(JsonMetadataServices.CharConverter);
        Reference(JsonMetadataServices.StringConverter);
        Reference(JsonMetadataServices.UriConverter);
        Reference(JsonMetadataServices.VersionConverter);
        Reference(JsonMetadataServices.ByteArrayConverter);
        Reference(JsonMetadataServices.JsonNodeConverter);
        Reference(JsonMetadataServices.JsonObjectConverter);
        Reference(JsonMetadataServices.JsonArrayConverter);
        Reference(JsonMetadataServices.JsonValueConverter);
        Reference(JsonMetadataServices.JsonDocumentConverter);
        return known;

        void Value<T>(JsonConverter<T> converter)
            where T : struct
        {
            Reference(converter);
            known.Add(typeof(T?), static options => JsonMetadataServices.CreateValueInfo<T?>(options, JsonMetadataServices.GetNullableConverter<T>(options)));
        }

        void Reference<T>(JsonConverter<T> converter) => known.Add(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, converter));
    }
}
