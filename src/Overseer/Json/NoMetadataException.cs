namespace Overseer.Json;

/// <summary>A type was to be stored without reflection, and no context describes it. That is a mistake of the build, not of the data.</summary>
internal sealed class NoMetadataException(Type type, string? context, Exception? cause)
    : InvalidOperationException(
        context is null
            ? $"{type} cannot be stored as JSON: reflection is switched off for System.Text.Json, and no context is known that describes it{Because(cause)}. "
                + $"Add [JsonSerializable(typeof({type.Name}))] to a JsonSerializerContext of the handler's assembly, link it with [assembly: JobJson(typeof(TheContext))] (OVS306), "
                + "and name the job by its token (JobTypes.…) where args are given."
            : $"{type} cannot be stored as JSON: {context}, which [assembly: JobJson] names, does not describe it{Because(cause)}. "
                + $"Add [JsonSerializable(typeof({type.Name}))] to it (OVS306).",
        cause)
{
    private static string Because(Exception? cause) => cause is null ? "" : $" ({cause.Message})";
}
