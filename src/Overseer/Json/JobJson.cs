using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>How args and results become JSON text and back: stored exactly, or refused.</summary>
internal static class JobJson
{
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Args as JSON text; null for <see cref="Unit"/>.</summary>
    /// <exception cref="ArgumentException">They cannot be stored exactly.</exception>
    public static string? SerializeArgs<T>(string owner, T args)
    {
        if (typeof(T) == typeof(Unit)) return null;
        try
        {
            return JsonSerializer.Serialize(args, TypeInfo<T>());
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"The args of '{owner}' ({typeof(T)}) cannot be stored as JSON: {error.Message} "
                + "Args must survive System.Text.Json exactly; change the type or the value.", nameof(args), error);
        }
    }

    /// <summary>A result as JSON text; null for <see cref="Unit"/>.</summary>
    /// <exception cref="ResultRejectedException">It cannot be stored exactly, or is too large.</exception>
    public static string? SerializeResult<T>(string type, T result, int maxBytes)
    {
        if (typeof(T) == typeof(Unit)) return null;
        string json;
        try
        {
            json = JsonSerializer.Serialize(result, TypeInfo<T>());
        }
        // A getter of the user's may throw anything; whatever it is, the result is what cannot be stored.
        catch (Exception error)
        {
            throw new ResultRejectedException(type, $"{error.Message} Results must survive System.Text.Json exactly.", error);
        }

        var size = Encoding.UTF8.GetByteCount(json);
        return size <= maxBytes
            ? json
            : throw new ResultRejectedException(type, $"it has {size:N0} bytes, and the limit (MaxPayloadBytes) is {maxBytes:N0}. "
                + "Store the data elsewhere and return where it is.");
    }

    /// <exception cref="UnreadablePayloadException">The text is not JSON of that type.</exception>
    public static T Deserialize<T>(string payload, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TypeInfo<T>())!;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new UnreadablePayloadException(payload, typeof(T), error.Message, error);
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            IncludeFields = true,
            PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            // Stored JSON is read by people; the page that shows it escapes it.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? ReflectionResolver() : null,
        };
        options.Converters.Add(new ExactStringConverter());
        options.Converters.Add(new ExactCharConverter());
        options.MakeReadOnly();
        return options;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reached only where reflection-based JSON is switched on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where reflection-based JSON is switched on.")]
    private static DefaultJsonTypeInfoResolver ReflectionResolver() => new();
}
