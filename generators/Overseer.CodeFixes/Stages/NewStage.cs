using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Stages;

/// <summary>A <c>Process</c> for a class that has none: it takes the results of the dependencies, the job and the token, and is to be filled in.</summary>
internal sealed class NewStage
{
    private readonly HandlerPart part;
    private readonly Accessibility visible;
    private readonly IReadOnlyList<(INamedTypeSymbol Producer, ITypeSymbol Result)> results;
    private readonly Compilation compilation;

    private NewStage(HandlerPart part, Accessibility visible, IReadOnlyList<(INamedTypeSymbol Producer, ITypeSymbol Result)> results, Compilation compilation)
    {
        this.part = part;
        this.visible = visible;
        this.results = results;
        this.compilation = compilation;
    }

    /// <summary>Null if the class, or one it derives from, has something of that name.</summary>
    public static NewStage? Find(INamedTypeSymbol handler, Finding finding)
    {
        if (IsTaken(handler) || HandlerPart.Find(handler, finding.Solution, finding.CancellationToken, AttributeSymbols.IsJobType) is not { } part) return null;
        var results = Results(handler, finding.Compilation).ToList();
        return StageAccess.Find(handler, results.Select(result => result.Result), finding.Compilation) is { } visible ? new(part, visible, results, finding.Compilation) : null;
    }

    public async Task ApplyAsync(EditedSolution edited, CancellationToken cancellationToken)
    {
        var editor = await edited.EditAsync(part.Document, cancellationToken).ConfigureAwait(false);
        var stage = Write(editor.Generator);
        editor.ReplaceNode(part.Declaration, (current, _) => Add((TypeDeclarationSyntax)current, stage));
    }

    private MemberDeclarationSyntax Write(SyntaxGenerator generator)
    {
        var names = new NameScope(["job", "cancellationToken"]);
        var repeated = results.GroupBy(result => TypeParser.Key(result.Result)).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        var parameters = results.Select(result =>
        {
            var noun = TypeParser.Parse(result.Result, compilation).Noun is { Length: > 0 } own && !repeated.Contains(TypeParser.Key(result.Result)) ? own : result.Producer.Name;
            var written = (ParameterSyntax)generator.ParameterDeclaration(Identifiers.Escape(names.Take(Identifiers.Camel(noun))), Written.Type(result.Result, generator));
            return repeated.Contains(TypeParser.Key(result.Result)) ? AttributeLists.AddFirst(written, Written.Generic("ResultOf", Written.Type(result.Producer, generator))) : written;
        });
        SyntaxNode Known(string name, string type) => generator.ParameterDeclaration(name, Written.Type(compilation.GetTypeByMetadataName(type)!, generator));
        var stage = generator.MethodDeclaration(
            nameof(StageKind.Process),
            [.. parameters, Known("job", "Overseer.JobContext"), Known("cancellationToken", typeof(CancellationToken).FullName)],
            returnType: Written.Type(compilation.GetTypeByMetadataName(typeof(Task).FullName)!, generator),
            accessibility: visible,
            statements: [generator.ThrowStatement(generator.ObjectCreationExpression(Written.Type(compilation.GetTypeByMetadataName(typeof(NotImplementedException).FullName)!, generator)))]);
        return ((MemberDeclarationSyntax)stage).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static TypeDeclarationSyntax Add(TypeDeclarationSyntax type, MemberDeclarationSyntax stage)
    {
        if (type.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            var end = type.SemicolonToken;
            // Elastic, so that the formatter sets them out.
            type = type.WithSemicolonToken(default)
                .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(end.TrailingTrivia))
                .WithAdditionalAnnotations(Formatter.Annotation);
        }

        return type.WithMembers(type.Members.Add(stage));
    }

    /// <summary>What the dependencies give, where the class can see it.</summary>
    private static IEnumerable<(INamedTypeSymbol Producer, ITypeSymbol Result)> Results(INamedTypeSymbol handler, Compilation compilation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (type, model) in DependencyParser.Parse(handler, compilation, withGuesses: false))
        {
            if (!model.IsHandler || type is not INamedTypeSymbol producer || !seen.Add(model.Handler.Key) || StageFinder.FindResult(producer, compilation) is not { } result) continue;
            var parsed = TypeParser.Parse(result, compilation);
            if (!parsed.Is(TypeTraits.NoTypeArgument) && !parsed.Is(TypeTraits.Unresolved) && parsed.Visibility != Visibility.Hidden) yield return (producer, result);
        }
    }

    private static bool IsTaken(INamedTypeSymbol handler)
    {
        for (var level = handler; level is not null; level = level.BaseType)
        {
            if (level.GetMembers(nameof(StageKind.Process)).Any(member => SymbolEqualityComparer.Default.Equals(level, handler) || member.DeclaredAccessibility != Accessibility.Private)) return true;
        }

        return false;
    }
}
