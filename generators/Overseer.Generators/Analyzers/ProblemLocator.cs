using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>Finds the source of what a rule points at.</summary>
internal static class ProblemLocator
{
    /// <summary>The place in a handler's declaration; the class itself where the place has no source, as in a base class of another assembly.</summary>
    public static Location Locate(INamedTypeSymbol type, RuleTarget target, Compilation compilation, CancellationToken cancellationToken)
    {
        var found = target.Kind switch
        {
            RuleTargetKind.Attribute => Locate(type.GetAttributes().ElementAtOrDefault(target.Index), target.Part, cancellationToken),
            RuleTargetKind.FormerName => LocateFormerName(type.GetAttributes().ElementAtOrDefault(target.Index), target.Part, cancellationToken),
            RuleTargetKind.Stage => Method(type, target.Index, compilation)?.Locations.FirstOrDefault(),
            RuleTargetKind.Parameter => Method(type, target.Index, compilation)?.Parameters.ElementAtOrDefault(target.Part)?.Locations.FirstOrDefault(),
            RuleTargetKind.Constructor => type.InstanceConstructors.FirstOrDefault(constructor => !constructor.IsImplicitlyDeclared)?.Locations.FirstOrDefault(),
            _ => null,
        };
        return found is { IsInSource: true } ? found : type.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
    }

    /// <summary>The attribute, or the one argument of it that is meant.</summary>
    public static Location? Locate(AttributeData? attribute, int part, CancellationToken cancellationToken)
    {
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax) return null;
        return syntax.ArgumentList?.Arguments is { Count: > 1 } arguments && part < arguments.Count && arguments[part].NameEquals is null
            ? arguments[part].GetLocation()
            : syntax.GetLocation();
    }

    private static Location? LocateFormerName(AttributeData? attribute, int index, CancellationToken cancellationToken)
    {
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax) return null;
        var names = syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Formerly")?.Expression;
        IReadOnlyList<SyntaxNode> elements = names switch
        {
            CollectionExpressionSyntax collection => collection.Elements,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            _ => [],
        };
        return (elements.ElementAtOrDefault(index) ?? (SyntaxNode?)names ?? syntax).GetLocation();
    }

    private static IMethodSymbol? Method(INamedTypeSymbol type, int index, Compilation compilation) =>
        StageFinder.Find(type, compilation) is var stages && index < stages.Length ? stages[index].Method : null;
}
