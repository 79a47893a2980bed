using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Parsing;

/// <summary>What was probably meant as the <c>Process</c> of a class that has none, and nothing of that name in other capitals.</summary>
internal static class MeantStage
{
    private static readonly string[] Names = [.. Enum.GetNames(typeof(StageKind)).SelectMany(name => new[] { name, name + "Async" })];

    /// <summary>The method whose name differs by a letter; else the only public method that no contract has named. Null if there is none, or more than one.</summary>
    public static IMethodSymbol? Find(INamedTypeSymbol handler)
    {
        var methods = handler.GetMembers().OfType<IMethodSymbol>().Where(method => method is { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false }).ToList();
        var misspelt = methods.Where(method => NearName.Find(method.Name, Names) is nameof(StageKind.Process) or nameof(StageKind.Process) + "Async").ToList();
        if (misspelt.Count > 0) return misspelt is [var near] ? near : null;
        var open = methods.Where(method => method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && !Names.Contains(method.Name)).ToList();
        return open is [{ IsOverride: false } only] && !Implements(only) ? only : null;
    }

    /// <summary>What it has to be named.</summary>
    public static string NameOf(IMethodSymbol method) =>
        method.Name.EndsWith("Async", StringComparison.OrdinalIgnoreCase) ? nameof(StageKind.Process) + "Async" : nameof(StageKind.Process);

    /// <summary>Whether it has its name from an interface.</summary>
    public static bool Implements(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations.Length > 0
        || method.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
