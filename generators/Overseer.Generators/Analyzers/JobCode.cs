using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>What of a project's code runs as part of a job.</summary>
internal static class JobCode
{
    public static bool IsStage(IMethodSymbol method, Compilation compilation) =>
        HandlerIndex.IsHandler(method.ContainingType)
        && StageFinder.Find(method.ContainingType, compilation).Any(stage => SymbolEqualityComparer.Default.Equals(stage.Method, method));

    public static bool IsHarness(INamedTypeSymbol type) => Contracts(type).Any();

    /// <summary>Whether it is the <c>InvokeAsync</c> of a harness.</summary>
    public static bool IsHarnessStage(IMethodSymbol method) =>
        Contracts(method.ContainingType).SelectMany(contract => contract.GetMembers("InvokeAsync"))
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    public static bool IsStageOrHarnessStage(IMethodSymbol method, Compilation compilation) => IsStage(method, compilation) || IsHarnessStage(method);

    public static bool IsJobContext(this ITypeSymbol? type) => type?.IsNamed("Overseer", "JobContext") == true;

    public static bool IsToken(this ITypeSymbol? type) => type?.IsNamed("System.Threading", "CancellationToken") == true;

    /// <summary>Whether it is one of the four that end a job by throwing.</summary>
    public static bool IsSignal(this IMethodSymbol method) =>
        method.Name is "Abort" or "AbortSilently" or "Fault" or "Snooze"
        && (method.ContainingType.IsJobContext() || method.ContainingType.IsNamed("Overseer", "JobControl"));

    /// <summary>The member of a class that code stands in, lambdas and local functions left behind.</summary>
    public static IMethodSymbol? MemberAround(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }) symbol = symbol.ContainingSymbol;
        return symbol as IMethodSymbol;
    }

    private static IEnumerable<INamedTypeSymbol> Contracts(INamedTypeSymbol type) =>
        type.AllInterfaces.Where(contract => contract.OriginalDefinition.IsNamed("Overseer", "IJobHarness") || contract.OriginalDefinition.IsNamed("Overseer", "IJobHarness`1"));
}
