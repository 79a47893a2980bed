using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

/// <summary>Finds the methods that are stages. Their order is that of <see cref="HandlerModel.Stages"/>, so that a rule's target leads back to its method.</summary>
internal static class StageFinder
{
    private static readonly StageKind[] Kinds = [StageKind.PreProcess, StageKind.Process, StageKind.PostProcess];

    public static ImmutableArray<(StageKind Kind, IMethodSymbol Method)> Find(INamedTypeSymbol type, Compilation compilation)
    {
        var stages = ImmutableArray.CreateBuilder<(StageKind, IMethodSymbol)>();
        foreach (var kind in Kinds) stages.AddRange(Find(type, kind, compilation).Select(method => (kind, method)));
        return stages.ToImmutable();
    }

    /// <summary>What a handler's jobs give: null if nothing, or if it has not exactly one <c>Process</c>.</summary>
    public static ITypeSymbol? FindResult(INamedTypeSymbol type, Compilation compilation) =>
        Find(type, StageKind.Process, compilation) is [var process] ? Unwrap(process.ReturnType).Value : null;

    /// <summary>Whether it is clear what a handler's jobs give: not so without a <c>Process</c>, with two, or with one that promises nothing it could give.</summary>
    public static bool IsResultKnown(INamedTypeSymbol type, Compilation compilation) =>
        Find(type, StageKind.Process, compilation) is [{ } process] && !(process.IsAsync && process.ReturnsVoid);

    /// <summary>Why what looks like the <c>Process</c> of a class without one is no stage; null if nothing does.</summary>
    public static string? FindNearMiss(INamedTypeSymbol type, Compilation compilation)
    {
        if (!Find(type, StageKind.Process, compilation).IsEmpty) return null;
        if (FindNearest(type) is { } nearest) return $"{nearest.Name} {FindObstacle(nearest)}";
        return MeantStage.Find(type) is { } meant ? $"did you mean {meant.Name}? Name it {MeantStage.NameOf(meant)}" : null;
    }

    /// <summary>What looks like the <c>Process</c> of a class that has none; null if nothing does.</summary>
    public static ISymbol? FindNearest(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            var alike = level.GetMembers().Where(member => !member.IsImplicitlyDeclared && IsNamed(member, StringComparison.OrdinalIgnoreCase)).ToList();
            if ((alike.Find(member => IsNamed(member, StringComparison.Ordinal)) ?? alike.FirstOrDefault()) is { } nearest) return nearest;
        }

        return null;
    }

    private static bool IsNamed(ISymbol member, StringComparison comparison) => member.Name.Equals("Process", comparison) || member.Name.Equals("ProcessAsync", comparison);

    private static string FindObstacle(ISymbol member) => member switch
    {
        not IMethodSymbol => "is no method, and a stage is one: give it another name, and add a method of this one",
        { IsStatic: true } => "is static, and a stage is an instance method: take 'static' away",
        IMethodSymbol { IsGenericMethod: true } => "is generic, and generated code would not know what for: take its type parameters away",
        _ when !IsNamed(member, StringComparison.Ordinal) => "is no stage by its name, which tells capitals from small letters: name it Process or ProcessAsync",
        _ => $"is {SyntaxFacts.GetText(member.DeclaredAccessibility)}, and a stage must be accessible to generated code: make it public",
    };

    /// <summary>Splits a return type into how it returns and what.</summary>
    public static (ReturnForm Form, ITypeSymbol? Value) Unwrap(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Void } => (ReturnForm.Direct, null),
        INamedTypeSymbol named when named.OriginalDefinition.IsNamed(Tasks, "Task") => (ReturnForm.Task, null),
        INamedTypeSymbol named when named.OriginalDefinition.IsNamed(Tasks, "ValueTask") => (ReturnForm.ValueTask, null),
        INamedTypeSymbol named when named.OriginalDefinition.IsNamed(Tasks, "Task`1") => (ReturnForm.Task, named.TypeArguments[0]),
        INamedTypeSymbol named when named.OriginalDefinition.IsNamed(Tasks, "ValueTask`1") => (ReturnForm.ValueTask, named.TypeArguments[0]),
        _ => (ReturnForm.Direct, type),
    };

    private const string Tasks = "System.Threading.Tasks";

    private static ImmutableArray<IMethodSymbol> Find(INamedTypeSymbol type, StageKind kind, Compilation compilation)
    {
        var name = kind.ToString();
        for (var level = type; level is not null; level = level.BaseType)
        {
            var found = level.GetMembers(name).Concat(level.GetMembers(name + "Async"))
                .OfType<IMethodSymbol>()
                .Where(method => method is { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false }
                    && Access.OfMember(method, compilation) != Visibility.Hidden)
                .ToImmutableArray();
            if (found.Length > 0) return found;
        }

        return [];
    }
}
