using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

/// <summary>Writes the project's <c>JobHandlers</c>, and the manifest by which other assemblies find its handlers.</summary>
internal static class MapEmitter
{
    public static string EmitHandlers(MapFile file)
    {
        var writer = new SourceWriter();
        if (file.Place.Namespace.Length > 0)
        {
            writer.Line($"namespace {file.Place.Namespace};");
            writer.Line();
        }

        writer.Line("/// <summary>The job handlers that this project knows.</summary>");
        writer.Line($"internal static class {file.Place.Class}");
        writer.Open();
        writer.Line("/// <summary>The handlers of this project.</summary>");
        writer.Line(file.Handlers.Count > 0
            ? $"public static global::Overseer.JobHandlerMap Own => global::Overseer.Generated.{file.Manifest}.Handlers;"
            : "public static global::Overseer.JobHandlerMap Own { get; } = new();");
        writer.Line();
        writer.Line("/// <summary>The handlers of this project and of everything it references.</summary>");
        All(writer, file);
        writer.Close();
        return writer.ToString();
    }

    public static string EmitManifest(MapFile file)
    {
        var writer = new SourceWriter(file.Handlers.Any(handler => handler.IsObsolete));
        writer.Line("[assembly: global::Overseer.JobManifest(");
        writer.Indent();
        writer.Line($"typeof(global::Overseer.Generated.{file.Manifest}),");
        Lines(writer, file.Handlers.Select(handler => $"typeof({handler.Handler})"), ")]");
        writer.Outdent();
        writer.Line();
        writer.Line("namespace Overseer.Generated");
        writer.Open();
        writer.Line("/// <summary>Where the generated code of other assemblies finds the handlers of this one.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Line($"public static class {file.Manifest}");
        writer.Open();
        writer.Line("/// <summary>The handlers of this assembly.</summary>");
        writer.Line("public static JobHandlerMap Handlers { get; } = new(");
        writer.Indent();
        Lines(writer, file.Handlers.Select(handler => $"{handler.Class}.Instance"), ");");
        writer.Outdent();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static void All(SourceWriter writer, MapFile file)
    {
        if (file.Manifests.Count == 0)
        {
            writer.Line("public static global::Overseer.JobHandlerMap All => Own;");
            return;
        }

        writer.Line("public static global::Overseer.JobHandlerMap All { get; } = global::Overseer.JobHandlerMap.Combine(");
        writer.Indent();
        Lines(writer, file.Manifests.Select(manifest => $"{manifest}.Handlers").Prepend("Own"), ");");
        writer.Outdent();
    }

    private static void Lines(SourceWriter writer, IEnumerable<string> items, string end)
    {
        var list = items.ToList();
        for (var index = 0; index < list.Count; index++) writer.Line(list[index] + (index == list.Count - 1 ? end : ","));
    }
}
