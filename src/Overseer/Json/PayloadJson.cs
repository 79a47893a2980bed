using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Overseer.Json;

namespace Overseer;

/// <summary>How the args and results of one assembly's jobs become JSON text and back: stored exactly, or refused. Made by generated code. Thread-safe.</summary>
/// <remarks>
/// What the text looks like is the same for all of them, so that a job may be inserted, run and read by assemblies with different contexts:
/// a context says only where the metadata of a type comes from.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadJson
{
    private readonly JsonSerializerOptions options;
    private readonly string? context;
    private readonly bool usesReflection;
    private readonly ConcurrentDictionary<Type, PresentNames?> presentNames = new();

    private PayloadJson(IJsonTypeInfoResolver metadata, string? context, bool usesReflection)
    {
        options = CreateOptions(metadata);
        this.context = context;
        this.usesReflection = usesReflection;
    }

    /// <summary>Of an assembly without <see cref="JobJsonAttribute"/>: by reflection, where that is switched on.</summary>
    internal static PayloadJson Default { get; } =
        JsonSerializer.IsReflectionEnabledByDefault ? new PayloadJson(ReflectionResolver(), null, usesReflection: true) : WithoutReflection();

    /// <summary>Of an assembly with <see cref="JobJsonAttribute"/>: with the metadata of that context only.</summary>
    public static PayloadJson Of(JsonSerializerContext context) =>
        new(JsonTypeInfoResolver.Combine(context, BuiltInJson.Instance), context.GetType().ToString(), usesReflection: false);

    /// <summary>Only what needs no context.</summary>
    internal static PayloadJson WithoutReflection() => new(BuiltInJson.Instance, null, usesReflection: false);

    /// <summary>Why there is no metadata for that type; null if there is, or if reflection finds it.</summary>
    internal string? FindProblem(Type type)
    {
        if (usesReflection || type == typeof(Unit)) return null;
        try
        {
            TypeInfo(type);
            return null;
        }
        catch (NoMetadataException error)
        {
            return error.Message;
        }
    }

    /// <summary>Args as JSON text; null for <see cref="Unit"/>.</summary>
    /// <exception cref="ArgumentException">They cannot be stored exactly.</exception>
    /// <exception cref="InvalidOperationException">There is no metadata for the type.</exception>
    internal string? SerializeArgs<T>(string owner, T args)
    {
        if (typeof(T) == typeof(Unit)) return null;
        try
        {
            return JsonSerializer.Serialize(args, TypeInfo<T>());
        }
        // A getter or converter of the user's may throw anything; whatever it is, the args are what cannot be stored.
        catch (Exception thrown) when (thrown is not NoMetadataException)
        {
            var error = PayloadProblem.Of(thrown, options.GetTypeInfo(typeof(T)));
            throw new ArgumentException(
                $"The args of '{owner}' ({typeof(T)}) cannot be stored as JSON: {Explain(error)} "
                + "Args must survive System.Text.Json exactly; change the type or the value.", nameof(args), error);
        }
    }

    /// <summary>A result as JSON text; null for <see cref="Unit"/>.</summary>
    /// <exception cref="ResultRejectedException">It cannot be stored exactly, or is too large.</exception>
    internal string? SerializeResult<T>(string type, T result, int maxBytes)
    {
        if (typeof(T) == typeof(Unit)) return null;
        string json;
        try
        {
            json = JsonSerializer.Serialize(result, TypeInfo<T>());
        }
        // A getter of the user's may throw anything; whatever it is, the result is what cannot be stored.
        catch (Exception thrown)
        {
            var error = thrown is NoMetadataException ? thrown : PayloadProblem.Of(thrown, options.GetTypeInfo(typeof(T)));
            throw new ResultRejectedException(type, $"{Explain(error)} Results must survive System.Text.Json exactly.", error);
        }

        var size = Encoding.UTF8.GetByteCount(json);
        return size <= maxBytes
            ? json
            : throw new ResultRejectedException(type, $"it has {size:N0} bytes, and the limit (MaxPayloadBytes) is {maxBytes:N0}. "
                + "Store the data elsewhere and return where it is.");
    }

    /// <summary>The text with the names that its members have now.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">There is no metadata for the type.</exception>
    internal string WithPresentNames<T>(string json) => PresentNamesOf<T>()?.In(json) ?? json;

    /// <summary>What the text stands for; members are also read under their former names.</summary>
    /// <exception cref="UnreadablePayloadException">The text is not JSON of that type.</exception>
    /// <exception cref="InvalidOperationException">There is no metadata for the type.</exception>
    internal T Deserialize<T>(string payload, string json)
    {
        try
        {
            var value = JsonSerializer.Deserialize(WithPresentNames<T>(json), TypeInfo<T>())!;
            return HugeNumber.IsIn(json) && HoldsInfinity(value) ? throw new JsonException("A number in it is larger than its type can hold.") : value;
        }
        // So may a constructor or converter.
        catch (Exception thrown) when (thrown is not NoMetadataException)
        {
            var error = PayloadProblem.Of(thrown, options.GetTypeInfo(typeof(T)));
            throw new UnreadablePayloadException(payload, typeof(T), error.Message, error);
        }
    }

    /// <summary>The text as it would be written now of what it stands for; null if it cannot be read or written as that type.</summary>
    /// <exception cref="InvalidOperationException">There is no metadata for the type.</exception>
    internal string? WriteAgain<T>(string json)
    {
        try
        {
            return JsonSerializer.Serialize(Deserialize<T>("", json), TypeInfo<T>());
        }
        // Here too code of the user's runs.
        catch (Exception error) when (error is not NoMetadataException)
        {
            return null;
        }
    }

    // Infinity is the one thing that was read and cannot be written, unless the type says otherwise; then it may hold it.
    private bool HoldsInfinity<T>(T value)
    {
        try
        {
            JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
        // Code of the user's that only fails to write.
        catch (Exception)
        {
            return false;
        }
    }

    private static string Explain(Exception error) =>
        error is JsonException { Path: { Length: > 1 } path } && !error.Message.Contains(path, StringComparison.Ordinal) ? $"At {path}: {error.Message}" : error.Message;

    private PresentNames? PresentNamesOf<T>() => presentNames.GetOrAdd(typeof(T), static (type, json) => PresentNames.Of(json.TypeInfo(type)), this);

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)TypeInfo(typeof(T));

    /// <exception cref="NoMetadataException">There is no metadata for the type.</exception>
    private JsonTypeInfo TypeInfo(Type type)
    {
        if (usesReflection) return options.GetTypeInfo(type);
        NotSupportedException? missing = null;
        try
        {
            if (options.TryGetTypeInfo(type, out var info)) return info;
        }
        // The type itself may be known, and that of a member not.
        catch (NotSupportedException error)
        {
            missing = error;
        }

        throw new NoMetadataException(type, context, missing);
    }

    private static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver metadata)
    {
        var options = new JsonSerializerOptions
        {
            IncludeFields = true,
            PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            Encoder = ExactEncoder.Instance,
            TypeInfoResolver = ExactTypes.In(metadata),
        };
        options.MakeReadOnly();
        return options;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reached only where reflection-based JSON is switched on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where reflection-based JSON is switched on.")]
    private static DefaultJsonTypeInfoResolver ReflectionResolver() => new();
}
