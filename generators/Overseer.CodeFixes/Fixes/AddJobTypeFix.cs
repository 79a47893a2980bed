using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS201: makes a handler of the class that is depended on, or of the one whose attributes do nothing without <c>[JobType]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJobTypeFix)), Shared]
public sealed class AddJobTypeFix() : RepairProvider(RuleId.MissingHandler)
{
    // Whether a class is meant to be a handler is for a person to say, class by class.
    public override FixAllProvider? GetFixAllProvider() => null;

    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (FindClass(finding) is not { } type || !CouldBeHandler(type, finding.Compilation)) return Give();
        if (HandlerPart.Find(type, finding.Solution, finding.CancellationToken, AttributeSymbols.IsDependsOn, AttributeSymbols.IsJobGraph, AttributeSymbols.IsHarness) is not { } part) return Give();
        var name = JobTypeNames.For(type, finding);
        return Give(new Repair($"Add [JobType(\"{name}\")] to {Written.Show(type)}", $"{RuleId.MissingHandler} {HandlerParser.Key(type)}", async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(part.Document, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(part.Declaration, (current, _) => AttributeLists.AddFirst((TypeDeclarationSyntax)current, Written.Attribute("JobType", "Overseer", Written.Literal(name))));
        }));
    }

    private static INamedTypeSymbol? FindClass(Finding finding)
    {
        if (finding.Around<AttributeSyntax>() is not { } attribute) return null;
        var named = finding.Around<AttributeArgumentSyntax>()?.Expression ?? attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
        var type = named is TypeOfExpressionSyntax { Type: { } ofTypeof } ? ofTypeof : attribute.DescendantNodes().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments.FirstOrDefault();
        var dependency = type is null ? null : finding.Model.GetTypeInfo(type, finding.CancellationToken).Type as INamedTypeSymbol;
        var owner = attribute.Parent?.Parent is TypeDeclarationSyntax declaration ? (INamedTypeSymbol?)finding.Model.GetDeclaredSymbol(declaration, finding.CancellationToken) : null;
        return owner is not null && !owner.GetAttributes().Any(candidate => candidate.IsJobType()) ? owner : dependency;
    }

    /// <summary>Whether the attribute is all it lacks.</summary>
    private static bool CouldBeHandler(INamedTypeSymbol type, Compilation compilation) =>
        !type.GetAttributes().Any(attribute => attribute.IsJobType())
        && IsRead(type.ContainingAssembly, compilation)
        && HandlerParser.Guess(type, compilation) is { Flaws: ClassFlaws.None, Constructor.State: ConstructorState.Usable } guess
        && guess.Stages.All(stage => stage.Flaw is null);

    /// <summary>Whether an assembly is told which handlers it has: where the generator runs, there is a handler map.</summary>
    private static bool IsRead(IAssemblySymbol assembly, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly) || assembly.TypeNames.Contains("JobHandlers");
}
