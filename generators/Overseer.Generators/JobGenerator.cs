using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Emit;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators;

/// <summary>Emits handlers, tokens, graphs and the handler map. It reports nothing: what is wrong is for the analyzers to say.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class JobGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var value) ? value : "")
            .WithTrackingName(TrackingNames.RootNamespace);
        var reader = new ProjectReader();
        var source = context.CompilationProvider.Combine(rootNamespace)
            .Select((inputs, cancellationToken) => reader.Read(inputs.Left, inputs.Right, cancellationToken))
            .WithTrackingName(TrackingNames.Source);
        var handlers = source.SelectMany(static (source, _) => source.Handlers).WithTrackingName(TrackingNames.Handlers);
        var own = source.Select(static (source, _) => source.Own).WithTrackingName(TrackingNames.Assembly);
        var references = source.Select(static (source, _) => source.References).WithTrackingName(TrackingNames.References);
        var mapPlace = source.Select(static (source, _) => source.MapPlace).WithTrackingName(TrackingNames.MapPlace);

        var project = handlers.Collect().Combine(own).Combine(references).Combine(mapPlace)
            .Select(static (inputs, _) =>
            {
                var (((models, assembly), referenced), place) = inputs;
                return ProjectPlanner.Plan(assembly, models.ToEquatableArray(), referenced, place);
            })
            .WithTrackingName(TrackingNames.Project);

        var plans = project.SelectMany(static (plan, _) => plan?.Handlers ?? []).WithTrackingName(TrackingNames.Plans);
        var tokens = project.Select(static (plan, _) => plan?.Tokens).WithTrackingName(TrackingNames.Tokens);
        var graphs = project.Select(static (plan, _) => plan?.Graphs).WithTrackingName(TrackingNames.Graphs);
        var map = project.Select(static (plan, _) => plan?.Map).WithTrackingName(TrackingNames.Map);
        var json = project.Select(static (plan, _) => plan?.Json).WithTrackingName(TrackingNames.Json);

        context.RegisterSourceOutput(plans, static (output, plan) => Add(output, plan.Class + ".g.cs", HandlerEmitter.Emit(plan)));
        context.RegisterSourceOutput(tokens, static (output, file) =>
        {
            if (file is { Tokens.Count: > 0 }) Add(output, "JobTypes.g.cs", TokenEmitter.Emit(file));
        });
        context.RegisterSourceOutput(graphs, static (output, file) =>
        {
            if (file is { Graphs.Count: > 0 }) Add(output, "JobGraphs.g.cs", GraphEmitter.Emit(file));
        });
        context.RegisterSourceOutput(map, static (output, file) =>
        {
            if (file is null) return;
            Add(output, "JobHandlers.g.cs", MapEmitter.EmitHandlers(file));
            if (file.Handlers.Count > 0) Add(output, "JobManifest.g.cs", MapEmitter.EmitManifest(file));
        });
        context.RegisterSourceOutput(json, static (output, file) =>
        {
            if (file is not null) Add(output, "JobJson.g.cs", JsonEmitter.Emit(file));
        });
    }

    private static void Add(SourceProductionContext output, string name, string text) => output.AddSource(name, SourceText.From(text, Encoding.UTF8));
}
