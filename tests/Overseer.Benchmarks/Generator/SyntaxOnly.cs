using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Benchmarks.Generator;

/// <summary>A provider that binds nothing: classes that carry any attribute, by their text.</summary>
internal sealed class SyntaxOnly : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.SyntaxProvider.CreateSyntaxProvider(static (node, _) => node is ClassDeclarationSyntax { AttributeLists.Count: > 0 }, static (_, _) => 0).Collect(),
            static (_, _) => { });
}
