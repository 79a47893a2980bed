using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Emit;

/// <summary>Writes <c>JobGraphs.Create{Name}</c> for each graph.</summary>
internal static class GraphEmitter
{
    private const int MostJobsShown = 60;

    public static string Emit(GraphFile file)
    {
        var writer = new SourceWriter(file.Graphs.Any(graph => graph.Parameters.Any(parameter => parameter.Type.Is(TypeTraits.Obsolete))));
        writer.Line("namespace Overseer;");
        writer.Line();
        writer.Line($"/// <summary>The job graphs of {XmlDoc.Escape(file.Assembly)}, as members of {XmlDoc.See("JobGraphs")}.</summary>");
        writer.Line($"{Access.Of(file.Graphs.Select(graph => graph.Visibility))} static class {file.Class}");
        writer.Open();
        writer.Line("extension(JobGraphs)");
        writer.Open();
        for (var index = 0; index < file.Graphs.Count; index++)
        {
            if (index > 0) writer.Line();
            Document(writer, file.Graphs[index]);
            Create(writer, file.Graphs[index]);
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static void Document(SourceWriter writer, GraphModel graph)
    {
        writer.Line("/// <summary>");
        if (graph.BrokenBy is null)
            writer.Line($"/// A run of the graph {XmlDoc.Code(graph.Name)}: {Count(graph.Jobs.Count, "job")} in {Count(graph.Levels, "level")}.");
        else
            writer.Line($"/// A run of the graph {XmlDoc.Code(graph.Name)}, which has an error: {graph.BrokenBy}.");
        writer.Line("/// <code>");
        foreach (var job in graph.Jobs.Take(MostJobsShown)) writer.Line($"/// {XmlDoc.Escape(Shown(job, graph))}");
        if (graph.Jobs.Count > MostJobsShown) writer.Line($"/// … and {graph.Jobs.Count - MostJobsShown} more");
        writer.Line("/// </code>");
        writer.Line("/// </summary>");
        foreach (var parameter in graph.Parameters)
            writer.Line($"/// <param name=\"{parameter.Name}\">The args of {XmlDoc.List(parameter.JobTypes.ToList())}.</param>");
        writer.Line("/// <param name=\"key\">The run key, if any: at most 200 characters.</param>");
        writer.Line("/// <param name=\"options\">How the run is inserted.</param>");
    }

    private static string Shown(GraphJob job, GraphModel graph)
    {
        var level = $"{job.Level}  {job.JobType}";
        return job.Dependencies.Count == 0 ? level : $"{level} ← {string.Join(", ", job.Dependencies.Select(place => graph.Jobs[place].JobType))}";
    }

    private static void Create(SourceWriter writer, GraphModel graph)
    {
        var parameters = graph.Parameters.Select(parameter => $"{parameter.Type.Name} {Identifiers.Escape(parameter.Name)}")
            .Concat(["string? key = null", "RunOptions? options = null"]);
        var signature = $"{Access.Of(graph.Visibility)} static JobGraph Create{graph.Name}({string.Join(", ", parameters)})";
        if (graph.BrokenBy is not null)
        {
            writer.Line($"{signature} =>");
            writer.Indent();
            writer.Line($"throw new global::System.InvalidOperationException({Identifiers.Literal($"Graph '{graph.Name}' has an error: {graph.BrokenBy}. Build again once it is mended.")});");
            writer.Outdent();
            return;
        }

        writer.Line(signature);
        writer.Open();
        writer.Line($"var {graph.Variable} = new JobGraphBuilder({Identifiers.Literal(graph.Name)});");
        foreach (var job in graph.Jobs)
        {
            var arguments = new List<string> { job.Token };
            if (job.Parameter >= 0) arguments.Add(Identifiers.Escape(graph.Parameters[job.Parameter].Name));
            arguments.AddRange(job.Dependencies.Select(place => Identifiers.Escape(graph.Jobs[place].Variable)));
            var variable = job.IsDependedOn ? $"var {Identifiers.Escape(job.Variable)} = " : "";
            writer.Line($"{variable}{graph.Variable}.Add({string.Join(", ", arguments)});");
        }

        writer.Line($"return {graph.Variable}.Build(key, options);");
        writer.Close();
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
