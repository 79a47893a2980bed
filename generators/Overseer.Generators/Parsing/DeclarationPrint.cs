using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.Generators.Parsing;

/// <summary>One value for all that models are read from: what the files declare, what is referenced, the options. Compilations with equal prints have equal models.</summary>
internal static class DeclarationPrint
{
    private static readonly ConditionalWeakTable<Compilation, string> Known = new();
    private static readonly ConditionalWeakTable<object, string> Names = new();

    public static string Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(compilation, out var known)) return known;
        var text = new StringBuilder(compilation.AssemblyName).Append('\n').Append(NameOf(compilation.Options));
        foreach (var tree in compilation.SyntaxTrees) text.Append('\n').Append(TreeDeclarations.Of(tree, cancellationToken).Print);
        foreach (var reference in compilation.ExternalReferences) text.Append('\n').Append(Of(reference, cancellationToken));
        using var hash = SHA256.Create();
        var print = Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text.ToString())));
        return Known.GetValue(compilation, _ => print);
    }

    // A project of the same solution is another compilation after each of its own edits; a file stays the object it is until it changes.
    private static string Of(MetadataReference reference, CancellationToken cancellationToken) =>
        reference is CompilationReference { Compilation: CSharpCompilation compilation }
            ? $"{Of(compilation, cancellationToken)} {string.Join(",", reference.Properties.Aliases)} {reference.Properties.EmbedInteropTypes}"
            : NameOf(reference);

    // By identity: what is equal but not the same is read again, which costs time and nothing else.
    private static string NameOf(object instance) => Names.GetValue(instance, static _ => Guid.NewGuid().ToString("N"));
}
