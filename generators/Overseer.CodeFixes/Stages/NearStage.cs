using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Rename;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Stages;

/// <summary>A method that was probably meant as the <c>Process</c> of a class without one.</summary>
/// <param name="Method">The method.</param>
/// <param name="Name">What it has to be named.</param>
/// <param name="Visible">How visible it has to be.</param>
internal sealed record NearStage(IMethodSymbol Method, string Name, Accessibility Visible)
{
    /// <summary>Null if no method is near, or the nearest has to stay as it is.</summary>
    public static async Task<NearStage?> FindAsync(INamedTypeSymbol handler, Finding finding)
    {
        if (FindMethod(handler) is not var (method, name) || !IsFree(method, finding.CancellationToken)) return null;
        if (method.Name != name && HasMember(handler, name)) return null;
        if (FindAccess(method, finding.Compilation) is not { } visible) return null;
        if (method.IsStatic && await Uses.AreInCodeAsync(method, finding).ConfigureAwait(false)) return null;
        return new(method, name, visible);
    }

    /// <summary>Whether only its name is in the way.</summary>
    private bool IsRename => Method.Name != Name;

    public string Title(INamedTypeSymbol handler)
    {
        var shown = SymbolEqualityComparer.Default.Equals(Method.ContainingType, handler) ? Method.Name : $"{Written.Show(Method.ContainingType)}.{Method.Name}";
        var isOpened = Method.DeclaredAccessibility != Visible;
        var made = (isOpened, Method.IsStatic) switch
        {
            (true, true) => $"a {SyntaxFacts.GetText(Visible)} instance method",
            (false, true) => "an instance method",
            (true, false) => SyntaxFacts.GetText(Visible),
            _ => "",
        };
        if (!IsRename) return $"Make {shown} {made}";
        return made.Length > 0 ? $"Rename {shown} to {Name} and make it {made}" : $"Rename {shown} to {Name}";
    }

    public string Key => IsRename ? "rename" : "open";

    public async Task ApplyAsync(EditedSolution edited, CancellationToken cancellationToken)
    {
        if (Declaration(Method, cancellationToken) is { } declaration && edited.Original.GetDocument(declaration.SyntaxTree) is { } document && (Method.IsStatic || Method.DeclaredAccessibility != Visible))
        {
            var editor = await edited.EditAsync(document.Id, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(declaration, (current, generator) =>
                generator.WithAccessibility(generator.WithModifiers(current, generator.GetModifiers(current).WithIsStatic(false)), Visible));
        }

        if (IsRename) edited.Finally(solution => RenameAsync(solution, cancellationToken));
    }

    private async Task<Solution> RenameAsync(Solution solution, CancellationToken cancellationToken)
    {
        foreach (var project in solution.Projects.Where(project => project.AssemblyName == Method.ContainingAssembly.Name))
        {
            if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation) continue;
            // Another repair may have renamed it already.
            if (SymbolFinder.FindSimilarSymbols(Method, compilation, cancellationToken).FirstOrDefault() is { } current)
                return await Renamer.RenameSymbolAsync(solution, current, new SymbolRenameOptions(), Name, cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    /// <summary>What differs from a stage in capitals or modifiers; else what was meant.</summary>
    private static (IMethodSymbol Method, string Name)? FindMethod(INamedTypeSymbol handler)
    {
        var nearest = StageFinder.FindNearest(handler);
        return (nearest is null ? MeantStage.Find(handler) : nearest as IMethodSymbol) is { } method ? (method, MeantStage.NameOf(method)) : null;
    }

    /// <summary>Whether no contract holds it, and its signature could be a stage's.</summary>
    private static bool IsFree(IMethodSymbol method, CancellationToken cancellationToken) =>
        method is { IsGenericMethod: false, IsVirtual: false, IsAbstract: false, IsOverride: false, ReturnsByRef: false, ReturnsByRefReadonly: false, PartialDefinitionPart: null, PartialImplementationPart: null }
        && !(method.IsAsync && method.ReturnsVoid)
        && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType)
        && !MeantStage.Implements(method)
        && Declaration(method, cancellationToken) is not null;

    private static bool HasMember(INamedTypeSymbol type, string name)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (!level.GetMembers(name).IsEmpty) return true;
        }

        return false;
    }

    private static Accessibility? FindAccess(IMethodSymbol method, Compilation compilation) => Generators.Parsing.Access.OfMember(method, compilation) == Visibility.Hidden
        ? StageAccess.Find(method.ContainingType, method.Parameters.Select(parameter => parameter.Type).Prepend(method.ReturnType), compilation)
        : method.DeclaredAccessibility;

    private static MethodDeclarationSyntax? Declaration(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;
}
