using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Overseer.Generators.Analyzers;

/// <summary>Takes back what other analyzers say of handlers because they cannot know that generated code makes them and calls their stages.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor StaticStage = new("OVSS1822", "CA1822", "A stage is an instance method: made static, it would be no stage any more");

    private static readonly SuppressionDescriptor UnusedHandler = new("OVSS1812", "CA1812", "Generated code makes handlers and harnesses");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [StaticStage, UnusedHandler];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            var symbol = context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken);
            if (diagnostic.Id == StaticStage.SuppressedDiagnosticId && symbol is IMethodSymbol method && JobCode.IsStage(method, context.Compilation))
                context.ReportSuppression(Suppression.Create(StaticStage, diagnostic));
            else if (diagnostic.Id == UnusedHandler.SuppressedDiagnosticId && symbol is INamedTypeSymbol type && (HandlerIndex.IsHandler(type) || JobCode.IsHarness(type)))
                context.ReportSuppression(Suppression.Create(UnusedHandler, diagnostic));
        }
    }
}
