using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS201 at its other end: attributes of a handler on a class that lacks <c>[JobType]</c>, where they do nothing. They are not inherited either.</summary>
internal static class StrayAttributes
{
    /// <summary>Whether there are any on a class that could be a handler.</summary>
    public static bool AreOn(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsAbstract: false } && type.GetAttributes().Any(attribute => NameOf(attribute) is not null);

    /// <summary>What is wrong with the first of them; null where something else has been said of the class.</summary>
    public static RuleProblem? Find(INamedTypeSymbol type, HandlerTable table)
    {
        var attributes = type.GetAttributes();
        // An attribute that the compiler does not know may be meant for [JobType].
        if (attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error })) return null;
        var key = HandlerParser.Key(type);
        // Whoever depends on it has been told.
        if (table.Own.Handlers.Any(handler => handler.Dependencies.Any(dependency => dependency.Handler.Key == key))) return null;
        var index = 0;
        while (NameOf(attributes[index]) is null) index++;
        return new(RuleId.MissingHandler, key, RuleTarget.Attribute(index), [
            $"{TypeParser.FullName(type)} is not a job handler: it lacks [JobType], without which its [{NameOf(attributes[index])}] does nothing",
            "add [JobType], or take the attribute away"]);
    }

    private static string? NameOf(AttributeData attribute) =>
        attribute.IsDependsOn() ? "DependsOn"
        : attribute.IsJobGraph() ? "JobGraph"
        : attribute.IsHarness() ? "Harness"
        : null;
}
