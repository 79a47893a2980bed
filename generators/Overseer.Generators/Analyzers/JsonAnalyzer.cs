using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS305 and OVS306: what handlers take and give can be stored as JSON, and without reflection where there is none.</summary>
/// <remarks>The properties of an OVS306 about a type say which, for a code fix: <see cref="HandlerAnalyzer.HandlerProperty"/> and <see cref="TypeProperty"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key of the type that is not described.</summary>
    public const string TypeProperty = "Type";

    // The properties that say the code has to do without reflection.
    private static readonly string[] WithoutReflection = ["PublishAot", "IsAotCompatible", "EnableTrimAnalyzer"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NotStorable, Descriptors.NotInContext];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            var project = new Project(start.Compilation, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            start.RegisterSymbolAction(project.CheckHandler, SymbolKind.NamedType);
            start.RegisterSyntaxNodeAction(project.CheckContext, SyntaxKind.AttributeList);
        });
    }

    private sealed class Project(Compilation compilation, AnalyzerConfigOptions options)
    {
        private readonly bool isWithoutReflection = WithoutReflection.Any(property =>
            options.TryGetValue("build_property." + property, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));

        private readonly bool hasLink = JsonParser.FindAttribute(compilation.Assembly) is not null;

        private readonly Lazy<JsonContext?> context = new(() => JsonContext.Of(compilation), LazyThreadSafetyMode.PublicationOnly);

        private readonly Lazy<ILookup<string, JsonPlace>?> places = new(
            () => HandlerIndex.Of(compilation).Value is { } table ? JsonPlace.FindAll(table, compilation) : null, LazyThreadSafetyMode.PublicationOnly);

        public void CheckHandler(SymbolAnalysisContext symbol)
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (!HandlerIndex.IsHandler(type) || places.Value is not { } all) return;
            foreach (var place in all[HandlerParser.Key(type)])
            {
                // What cannot even be named has been said by OVS105 or the compiler.
                var model = TypeParser.Parse(place.Type, compilation);
                if (model.Is(TypeTraits.NoTypeArgument) || model.Is(TypeTraits.Unresolved)) continue;
                var flaw = JsonShape.FindFlaw(place.Type);
                if (flaw is not null && place.IsInput) continue;
                if (flaw is not null) symbol.ReportDiagnostic(Diagnostic.Create(Descriptors.NotStorable, Locate(type, place, symbol.CancellationToken), model.Display, flaw));
                else if (FindGap(place.Type, model.Display) is { } gap) symbol.ReportDiagnostic(NotInContext(Locate(type, place, symbol.CancellationToken), gap, PropertiesOf(place)));
            }
        }

        // An assembly is no symbol that analyzers are called for, so its attributes are met where they stand.
        public void CheckContext(SyntaxNodeAnalysisContext node)
        {
            var list = (AttributeListSyntax)node.Node;
            if (list.Target?.Identifier.IsKind(SyntaxKind.AssemblyKeyword) != true) return;
            if (JsonParser.FindAttribute(compilation.Assembly)?.ApplicationSyntaxReference is not { } reference) return;
            if (reference.SyntaxTree != list.SyntaxTree || !list.Span.Contains(reference.Span)) return;
            if (FindFlawOfContext() is { } gap) node.ReportDiagnostic(NotInContext(Location.Create(reference.SyntaxTree, reference.Span), gap, ImmutableDictionary<string, string?>.Empty));
        }

        private (string Thing, string Rule, string Remedy)? FindFlawOfContext()
        {
            if (JsonParser.FindContext(compilation.Assembly) is not { TypeKind: not TypeKind.Error } type) return null;
            var name = Show(type);
            if (JsonParser.FindFlaw(type, compilation) is { } flaw) return (name, $"cannot describe what is stored: {flaw}", "name a partial class that derives from JsonSerializerContext and has [JsonSerializable]");
            if (context.Value!.MissingOptions is not { Count: > 0 } missing) return null;
            var remedy = $"add [JsonSourceGenerationOptions({string.Join(", ", missing)})] to it";
            return missing.Contains(JsonContext.EnumsAsNumbers)
                ? (name, "has other settings than stored JSON, so that others cannot read the enums that it stores by name", remedy + ", and [JsonConverter(typeof(JsonStringEnumConverter<T>))] to each enum that is to be stored by name")
                : (name, "has other settings than stored JSON, so that it reads the same text differently elsewhere", remedy);
        }

        private (string Thing, string Rule, string Remedy)? FindGap(ITypeSymbol type, string shown)
        {
            if (JsonTypes.IsBuiltIn(type)) return null;
            if (context.Value is { } known)
                return known.Describes(type) ? null : (shown, $"is stored without reflection, but {Show(known.Type)} does not describe it", $"add [JsonSerializable(typeof({shown}))] to it");
            return isWithoutReflection && !hasLink
                ? (shown, "is stored without reflection, but no JsonSerializerContext is linked that describes it", $"add [JsonSerializable(typeof({shown}))] to one, and link it with [assembly: JobJson(typeof(...))]")
                : null;
        }

        private static ImmutableDictionary<string, string?> PropertiesOf(JsonPlace place) =>
            ImmutableDictionary<string, string?>.Empty.Add(HandlerAnalyzer.HandlerProperty, place.Handler).Add(TypeProperty, TypeParser.Key(place.Type));

        private Diagnostic NotInContext(Location location, (string Thing, string Rule, string Remedy) gap, ImmutableDictionary<string, string?> properties) => Diagnostic.Create(
            Descriptors.NotInContext,
            location,
            isWithoutReflection ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            additionalLocations: null,
            properties,
            gap.Thing,
            gap.Rule,
            gap.Remedy);

        private Location Locate(INamedTypeSymbol type, JsonPlace place, CancellationToken cancellationToken)
        {
            var location = ProblemLocator.Locate(type, place.Target, compilation, cancellationToken);
            return place.Target.Kind == Rules.RuleTargetKind.Stage ? StageResult.Locate(location) : location;
        }

        private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
    }
}
