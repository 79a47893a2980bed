using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

/// <summary>Reads the models of one project, and again only if its declarations have changed.</summary>
/// <remarks>
/// <c>ForAttributeWithMetadataName</c> binds the attributes of every handler anew after each edit anywhere; an edit inside a method body, which is most
/// of them, then costs as much as all handlers together. Here it costs the print of the edited file. Pure all the same: the print tells what the models are.
/// Thread-safe.
/// </remarks>
internal sealed class ProjectReader
{
    private Reading? latest;

    /// <param name="compilation">The project.</param>
    /// <param name="rootNamespace">The build property; empty if it is not set.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public SourceModel Read(Compilation compilation, string rootNamespace, CancellationToken cancellationToken)
    {
        var print = DeclarationPrint.Of(compilation, cancellationToken);
        var known = Volatile.Read(ref latest);
        if (known is not null && known.Print == print && known.RootNamespace == rootNamespace) return known.Source;
        var source = new SourceModel(
            AssemblyParser.ParseOwn(compilation, cancellationToken),
            HandlerFinder.Find(compilation, cancellationToken)
                .Select(type => HandlerParser.Parse(type, compilation, cancellationToken))
                .OfType<HandlerModel>()
                .ToEquatableArray(),
            AssemblyParser.ParseReferenced(compilation, cancellationToken),
            MapPlaceParser.Parse(compilation, rootNamespace));
        Volatile.Write(ref latest, new Reading(print, rootNamespace, source));
        return source;
    }

    private sealed record Reading(string Print, string RootNamespace, SourceModel Source);
}
