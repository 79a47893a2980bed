using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS602: adds <c>[WasNamed]</c> to a member that is stored under another name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepMemberNameFix)), Shared]
public sealed class KeepMemberNameFix() : RepairProvider(RuleId.Unreadable)
{
    // Whether it is the same member or another one is for a person to say.
    public override FixAllProvider? GetFixAllProvider() => null;

    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        var name = finding.Property(LockAnalyzer.StoredNameProperty);
        if (name.Length == 0 || FindDeclaration(finding) is not { } declaration) return Give();
        var isOnProperty = declaration is ParameterSyntax positional && PositionalMember.NeedsTarget(positional, finding);
        var former = ListsOf(declaration)
            .Where(list => !isOnProperty || list.Target is not null || list.Attributes.Count == 1)
            .SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => IsWasNamed(attribute, finding));
        if (former is not null && FormerNames.AddWasNamed(former, name) is null) return Give();
        return Give(new Repair($"Say [{(isOnProperty ? "property: " : "")}WasNamed(\"{name}\")]", $"{RuleId.Unreadable} {finding.Diagnostic.Location.SourceSpan.Start}", async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            if (former is { Parent: AttributeListSyntax list })
            {
                var more = list.ReplaceNode(former, FormerNames.AddWasNamed(former, name)!);
                editor.ReplaceNode(list, isOnProperty ? PositionalMember.OnProperty(more) : more);
                return;
            }

            var added = Written.Attribute("WasNamed", "Overseer", Written.Literal(name));
            editor.ReplaceNode(declaration, (current, _) => current switch
            {
                ParameterSyntax parameter => AttributeLists.AddFirst(parameter, isOnProperty ? PositionalMember.OnProperty(added) : added),
                MemberDeclarationSyntax member => AttributeLists.AddFirst(member, added),
                _ => current,
            });
        }));
    }

    private static SyntaxNode? FindDeclaration(Finding finding) => finding.Node.AncestorsAndSelf().FirstOrDefault(node => node is ParameterSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax) switch
    {
        // An attribute would be of all that are declared together.
        FieldDeclarationSyntax { Declaration.Variables.Count: > 1 } => null,
        var declaration => declaration,
    };

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode declaration) => declaration switch
    {
        ParameterSyntax parameter => parameter.AttributeLists,
        MemberDeclarationSyntax member => member.AttributeLists,
        _ => [],
    };

    private static bool IsWasNamed(AttributeSyntax attribute, Finding finding) =>
        finding.Model.GetTypeInfo(attribute, finding.CancellationToken).Type?.IsNamed("Overseer", "WasNamedAttribute") == true;
}
