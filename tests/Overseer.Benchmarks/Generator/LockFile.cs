using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Overseer.Benchmarks.Generator;

/// <summary>A lock file that is in memory only.</summary>
internal sealed class LockFile(string text) : AdditionalText
{
    private readonly SourceText source = SourceText.From(text);

    public override string Path => "/app/overseer.lock.json";

    public override SourceText GetText(CancellationToken cancellationToken = default) => source;
}
