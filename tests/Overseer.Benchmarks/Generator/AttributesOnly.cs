using Microsoft.CodeAnalysis;

namespace Overseer.Benchmarks.Generator;

/// <summary>What the compiler alone needs to find the classes with <c>[JobType]</c>: the same provider with an empty transform.</summary>
internal sealed class AttributesOnly : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(typeof(JobTypeAttribute).FullName!, static (_, _) => true, static (_, _) => 0).Collect(),
            static (_, _) => { });
}
