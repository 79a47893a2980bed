using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

/// <summary>Writes where generated code, here and in other assemblies, finds the JSON metadata of this one.</summary>
internal static class JsonEmitter
{
    public static string Emit(JsonModel json)
    {
        var writer = new SourceWriter(json.IsObsolete);
        writer.Line("namespace Overseer.Generated;");
        writer.Line();
        writer.Line("/// <summary>How the args and results of this assembly's jobs become JSON.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Line($"public static class {json.Class}");
        writer.Open();
        writer.Line("/// <summary>By the metadata of the context that <c>[assembly: JobJson]</c> names.</summary>");
        writer.Line($"public static PayloadJson Payloads {{ get; }} = PayloadJson.Of({json.Context}.Default);");
        writer.Close();
        return writer.ToString();
    }
}
