namespace Overseer;

/// <summary>Names the System.Text.Json context that describes what this assembly's jobs store, so that no reflection is needed at run time.</summary>
/// <remarks>
/// Generated code then reads and writes args and results with the metadata of this context only; a type that is in none of its
/// <c>[JsonSerializable]</c> attributes, nor reached from one, is OVS306. Types that are one JSON value by themselves (numbers, strings,
/// dates, their nullable forms) need not be listed. The context gives metadata, never settings: text is written the same way with and without one.
/// </remarks>
/// <example>
/// <code>
/// [assembly: JobJson(typeof(ReportsJson))]
///
/// [JsonSerializable(typeof(ReportArgs))]
/// [JsonSerializable(typeof(CleanRows))]
/// [JsonSourceGenerationOptions(
///     IncludeFields = true, PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
///     RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
/// internal sealed partial class ReportsJson : JsonSerializerContext;
/// </code>
/// </example>
/// <param name="context">A class that derives from <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> and is seen from the whole assembly.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class JobJsonAttribute(Type context) : Attribute
{
    /// <summary>The context.</summary>
    public Type Context { get; } = context;
}
