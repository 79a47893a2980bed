using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        var handlers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeSymbols.JobType,
                static (node, _) => node is TypeDeclarationSyntax,
                static (context, cancellationToken) =>
                    HandlerParser.Parse((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation, cancellationToken))
            .Where(static handler => handler is not null)
            .Select(static (handler, _) => handler!)
            .WithTrackingName(TrackingNames.Handlers);
        var own = context.CompilationProvider.Select(AssemblyParser.ParseOwn).WithTrackingName(TrackingNames.Assembly);
        var references = context.CompilationProvider.Select(AssemblyParser.ParseReferenced).WithTrackingName(TrackingNames.References);
        var rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var value) ? value : "")
            .WithTrackingName(TrackingNames.RootNamespace);
        var mapPlace = context.CompilationProvider.Combine(rootNamespace)
            .Select(static (inputs, _) => MapPlaceParser.Parse(inputs.Left, inputs.Right))
            .WithTrackingName(TrackingNames.MapPlace);

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
