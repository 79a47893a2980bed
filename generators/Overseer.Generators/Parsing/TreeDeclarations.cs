using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Parsing;

/// <summary>What one file declares. Read from its syntax alone and once per tree, so that of all files only the edited one costs anything.</summary>
internal sealed class TreeDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeDeclarations> Known = new();

    private TreeDeclarations(string print, ImmutableArray<MarkedType> types, ImmutableArray<AliasName> aliases)
    {
        Print = print;
        Types = types;
        Aliases = aliases;
    }

    /// <summary>The same for all texts of the file that declare the same: comments, layout and the bodies of members are not in it.</summary>
    public string Print { get; }

    /// <summary>The types that have attributes, in source order.</summary>
    public ImmutableArray<MarkedType> Types { get; }

    public ImmutableArray<AliasName> Aliases { get; }

    public static TreeDeclarations Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(tree, out var known)) return known;
        var read = Read(tree, cancellationToken);
        return Known.GetValue(tree, _ => read);
    }

    private static TreeDeclarations Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = tree.GetRoot(cancellationToken);
        var scopes = root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).ToList();
        return new(
            PrintOf(tree, root),
            scopes.OfType<TypeDeclarationSyntax>().Where(type => type.AttributeLists.Count > 0).Select(MarkedType.Of).ToImmutableArray(),
            scopes.OfType<UsingDirectiveSyntax>().Where(import => import.Alias is not null).Select(AliasName.Of).ToImmutableArray());
    }

    private static string PrintOf(SyntaxTree tree, SyntaxNode root)
    {
        var text = new StringBuilder(tree.FilePath).Append('\0').Append((int)((CSharpParseOptions)tree.Options).LanguageVersion);
        new Writer(text, root).Write(root);
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text.ToString())));
    }

    /// <summary>Writes the tree's shape and tokens, each node with its kind, so that two shapes never read the same.</summary>
    private sealed class Writer(StringBuilder text, SyntaxNode root)
    {
        private DirectiveTriviaSyntax? nullable = root.GetFirstDirective(IsNullable);

        public void Write(SyntaxNode node)
        {
            text.Append('\0').Append(node.RawKind).Append('(');
            foreach (var child in node.ChildNodesAndTokens())
            {
                WriteDirectives(child.SpanStart);
                if (child.AsNode() is not { } inner) text.Append('\0').Append(child.AsToken().Text);
                else if (IsBody(inner)) text.Append('\0').Append(inner.RawKind);
                // As it is written: constants may be deep, and recursion would not end well.
                else if (inner is ExpressionSyntax) text.Append('\0').Append(inner.ToString());
                else Write(inner);
            }

            text.Append(')');
        }

        // What is annotated depends on where they stand, also when that is in a body.
        private void WriteDirectives(int position)
        {
            while (nullable is not null && nullable.SpanStart < position)
            {
                text.Append('\0').Append(nullable.ToString());
                nullable = nullable.GetNextDirective(IsNullable);
            }
        }

        private static bool IsNullable(DirectiveTriviaSyntax directive) => directive.IsKind(SyntaxKind.NullableDirectiveTrivia);

        private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax;
    }
}

/// <param name="Syntax">The declaration, or one part of it.</param>
/// <param name="Attributes">The last names of its attributes, as they are written.</param>
internal sealed record MarkedType(TypeDeclarationSyntax Syntax, ImmutableArray<string> Attributes)
{
    public static MarkedType Of(TypeDeclarationSyntax syntax) =>
        new(syntax, syntax.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => AliasName.LastOf(attribute.Name)).ToImmutableArray());
}

/// <param name="Alias">The name that a <c>using</c> gives.</param>
/// <param name="Target">The last name of what it stands for.</param>
internal sealed record AliasName(string Alias, string Target)
{
    public static AliasName Of(UsingDirectiveSyntax import) => new(import.Alias!.Name.Identifier.ValueText, LastOf(import.NamespaceOrType));

    public static string LastOf(TypeSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
