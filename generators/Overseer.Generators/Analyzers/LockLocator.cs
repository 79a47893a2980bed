using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>Finds where to tell what a lock file is held against: in the source, and for what is gone in the file itself.</summary>
internal sealed class LockLocator(LockCheck check, Compilation compilation, AdditionalText file)
{
    public IEnumerable<Diagnostic> InFile() => check.Findings
        .Where(finding => finding.Place.InFile is not null)
        .Select(finding => Create(finding, Locate(file, check.Places.TryGetValue(finding.Place.InFile!, out var place) ? place : new TextSpan(0, 0))));

    /// <summary>Each with the type that it is told of.</summary>
    public IEnumerable<(ISymbol Owner, Diagnostic Diagnostic)> InSource()
    {
        foreach (var finding in check.Findings.Where(finding => finding.Place.InFile is null))
        {
            if (FindMember(finding.Place) is { } member) yield return (member.Owner, Create(finding, member.Location));
            else if (check.Code!.Classes.TryGetValue(finding.Place.Handler!, out var handler)) yield return (handler, Create(finding, Locate(handler, finding.Place.Target)));
        }
    }

    public static Location Locate(AdditionalText file, TextSpan span) => file.GetText() is { } text
        ? Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span))
        : Location.Create(file.Path, span, default);

    private (ISymbol Owner, Location Location)? FindMember(LockPlace place)
    {
        if (place.Type is null || check.Code!.Shapes.Find(place.Type, place.Member) is not { } symbol) return null;
        // A member may be in a base, and a member that was locked may be in none.
        var owner = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        var location = symbol.Locations.FirstOrDefault(location => location.IsInSource && compilation.ContainsSyntaxTree(location.SourceTree!));
        return location is null ? null : (owner.OriginalDefinition, location);
    }

    private Location Locate(INamedTypeSymbol handler, RuleTarget target)
    {
        var location = ProblemLocator.Locate(handler, target, compilation, CancellationToken.None);
        return target.Kind == RuleTargetKind.Stage ? StageResult.Locate(location) : location;
    }

    private static Diagnostic Create(LockFinding finding, Location location)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(LockAnalyzer.StoredNameProperty, finding.StoredName).Add(LockAnalyzer.SuccessorProperty, finding.Successor);
        var descriptor = finding.Id == RuleId.StrandedRuns ? Descriptors.StrandedRuns : Descriptors.Unreadable;
        return Diagnostic.Create(descriptor, location, properties, finding.Thing, finding.Flaw, finding.Remedy);
    }
}
