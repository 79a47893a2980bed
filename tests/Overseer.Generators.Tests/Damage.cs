using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Tests;

/// <summary>Damages a source text at random, the same way for the same seed.</summary>
internal sealed class Damage
{
    private static readonly string[] Types =
    [
        "int", "string", "string?", "int?", "object", "dynamic", "void", "nint", "int*", "delegate*<int, void>", "int[]", "string?[]", "List<string?>", "List<int>", "IReadOnlyList<int>",
        "(int One, string? Two)", "ValueTuple<int, string>", "Span<char>", "Task", "Task<int>", "Task<Task<int>>", "ValueTask<string?>", "ValueTask", "Missing", "List<Missing>", "T",
        "JobContext", "JobContext?", "CancellationToken", "CancellationToken?", "IServiceProvider", "JobStage", "DayOfWeek", "Uri?", "Func<int>", "Rows", "Rows?", "Args", "CleanRows", "Load", "Clean",
        "Outer.Inner", "Outer.Hidden", "Generic<int>", "Generic<>", "Static", "Local", "Old", "Gone", "global::Space.Rows", "Timing", "Giver", "IJobHarness", "IJobHarness<Uri>", "@class", "System", "Overseer",
        "Nullable<DateTime>", "TypedReference", "Exception", "Unit", "Lazy<Rows?>?", "ref int",
    ];

    private static readonly string[] Attributes =
    [
        "JobType(\"load\")", "JobType(\"x\")", "JobType(\"\")", "JobType(null!)", "JobType", "JobType(\"Größe\")", "JobType(\"a\\n\\\"b\")", "JobType(1)",
        "DependsOn<Load>", "DependsOn<Clean>", "DependsOn(typeof(Load), typeof(Clean))", "DependsOn(typeof(Load), null!, typeof(Load))", "DependsOn(null!)", "DependsOn", "DependsOn<Missing>", "DependsOn<int>",
        "DependsOn<Outer.Inner>", "DependsOn<Outer.Hidden>", "DependsOn(typeof(Generic<>))", "DependsOn<Static>", "DependsOn<Publish>",
        "JobGraph(\"Daily\")", "JobGraph(\"class\")", "JobGraph(\"\")", "JobGraph(\"a b\")", "JobGraph(null!)", "JobGraph(\"JobTypes\")",
        "Harness<Timing>", "Harness<Giver>", "Harness<Giver>(Stage = JobStage.PreProcess)", "Harness<Timing>(Order = 3, Stage = JobStage.PostProcess)", "Harness<Explicit>", "Harness<Missing>", "Harness<int>",
        "Harness<Timing>(Stage = (JobStage)9)", "ResultOf<Load>", "ResultOf<Clean>", "ResultOf<Missing>", "ResultOf<int>", "FromServices", "FromKeyedServices(\"k\")", "FromKeyedServices(7)", "FromKeyedServices(null)",
        "FromKeyedServices(typeof(Rows))", "FromKeyedServices(DayOfWeek.Friday)", "FromKeyedServices(1.5f)", "FromKeyedServices", "ActivatorUtilitiesConstructor", "Obsolete", "Obsolete(\"x\", true)",
        "System.Diagnostics.CodeAnalysis.SetsRequiredMembers", "Missing", "Serializable",
    ];

    private static readonly string[] Modifiers =
    [
        "public", "private", "internal", "protected", "static", "abstract", "sealed", "virtual", "override", "async", "unsafe", "partial", "file", "required", "readonly", "new", "ref", "out", "in", "params", "this",
        "scoped", "extern", "const", "volatile", "record", "struct", "interface", "event", "implicit", "extension",
    ];

    private static readonly string[] Names =
    [
        "Process", "ProcessAsync", "PreProcess", "PostProcess", "PostProcessAsync", "@class", "@event", "JobHandlers", "JobTypes", "JobGraphs", "Task", "ValueTask", "Overseer", "attempt", "job", "result", "handler",
        "args", "key", "options", "graph", "graphBuilder", "Größe", "Equals", "GetType", "Stages", "Instance", "Tokens", "Load", "Clean", "Rows", "value", "_", "field", "Generated", "Unit", "JobContext", "String", "Handlers", "Own",
    ];

    private static readonly string[] Values = ["1", "\"a\"", "null", "null!", "default", "typeof(Load)", "typeof(Missing)", "nameof(Load)", "-1", "1.5", "'c'", "JobStage.Process", "new[] { typeof(Load) }", "[typeof(Load)]", "\"\\0\"", "() => 1", "this", "throw null!"];

    private readonly Random random;
    private string text;

    private Damage(string text, int seed)
    {
        this.text = text;
        random = new Random(seed);
    }

    public static string Of(IReadOnlyList<string> sources, int seed)
    {
        var damage = new Damage(sources[(int)((uint)seed % sources.Count)], seed);
        for (var times = 1 + damage.random.Next(3); times > 0; times--) damage.Once();
        return damage.text;
    }

    private void Once()
    {
        var root = CSharpSyntaxTree.ParseText(text, Generated.Parse).GetRoot();
        switch (random.Next(17))
        {
            case 0: Put(Pick(root.DescendantTokens()).Span, ""); break;
            case 1: Double(Pick(root.DescendantTokens()).Span); break;
            case 2: Swap(Pick(root.DescendantTokens()).Span, Pick(root.DescendantTokens()).Span); break;
            case 3: Neighbours(root.DescendantTokens().ToList()); break;
            case 4 or 5 or 6: Replace<TypeSyntax>(root, Types, node => node.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax or UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax)); break;
            case 7: Replace<AttributeSyntax>(root, Attributes); break;
            case 8: Replace<AttributeArgumentSyntax>(root, Values); break;
            case 9: Before<MemberDeclarationSyntax>(root, Attributes, attribute => $"[{attribute}] "); break;
            case 10: Before<ParameterSyntax>(root, Attributes, attribute => $"[{attribute}] "); break;
            case 11: Modify(root); break;
            case 12 or 13: Rename(root); break;
            case 14: Before<MemberDeclarationSyntax>(root, Attributes, attribute => $"[{attribute}] ", member => member is ClassDeclarationSyntax); break;
            case 15: Replace<TypeSyntax>(root, Types, node => node.Parent is ParameterSyntax or MethodDeclarationSyntax or TypeArgumentListSyntax); break;
            default: Members(root); break;
        }
    }

    private void Replace<T>(SyntaxNode root, string[] pool, Func<T, bool>? fits = null)
        where T : SyntaxNode
    {
        if (root.DescendantNodes().OfType<T>().Where(node => fits?.Invoke(node) != false).ToList() is { Count: > 0 } nodes) Put(Pick(nodes).Span, Pick(pool));
    }

    private void Before<T>(SyntaxNode root, string[] pool, Func<string, string> write, Func<T, bool>? fits = null)
        where T : SyntaxNode
    {
        if (root.DescendantNodes().OfType<T>().Where(node => fits?.Invoke(node) != false).ToList() is { Count: > 0 } nodes) Put(new(Pick(nodes).SpanStart, 0), write(Pick(pool)));
    }

    private void Modify(SyntaxNode root)
    {
        var modifiers = root.DescendantNodes().SelectMany(node => node switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            ParameterSyntax parameter => parameter.Modifiers,
            _ => default,
        }).ToList();
        if (modifiers.Count > 0 && random.Next(2) == 0) Put(Pick(modifiers).Span, random.Next(3) == 0 ? "" : Pick(Modifiers));
        else if (random.Next(2) == 0) Before<ParameterSyntax>(root, Modifiers, modifier => modifier + " ");
        else if (modifiers.Count > 0) Put(new(Pick(modifiers).SpanStart, 0), Pick(Modifiers) + " ");
    }

    private void Rename(SyntaxNode root)
    {
        var identifiers = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Length > 0).ToList();
        if (identifiers.Count == 0) return;
        var (old, name) = (Pick(identifiers).Text, Pick(Names));
        // Everywhere, so that what is left often compiles; or in one place, so that it does not.
        if (random.Next(3) > 0)
        {
            var renamed = new StringBuilder(text);
            foreach (var token in identifiers.Where(token => token.Text == old).Reverse()) renamed.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, name);
            text = renamed.ToString();
        }
        else
        {
            Put(Pick(identifiers).Span, name);
        }
    }

    private void Members(SyntaxNode root)
    {
        var members = root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is not BaseNamespaceDeclarationSyntax).ToList();
        if (members.Count == 0) return;
        var one = Pick(members);
        switch (random.Next(4))
        {
            case 0: Put(one.Span, ""); break;
            case 1: Double(one.Span); break;
            case 2: Swap(one.Span, Pick(members).Span); break;
            default: Put(new(Pick(members).SpanStart, 0), one.ToString() + "\n"); break;
        }
    }

    private void Neighbours(List<SyntaxToken> tokens)
    {
        if (tokens.Count < 2) return;
        var index = random.Next(tokens.Count - 1);
        Swap(tokens[index].Span, tokens[index + 1].Span);
    }

    private void Double(Microsoft.CodeAnalysis.Text.TextSpan span) => Put(new(span.End, 0), " " + text[span.Start..span.End]);

    private void Swap(Microsoft.CodeAnalysis.Text.TextSpan one, Microsoft.CodeAnalysis.Text.TextSpan other)
    {
        if (one.OverlapsWith(other) || one == other) return;
        var (first, second) = one.Start < other.Start ? (one, other) : (other, one);
        var (before, after) = (text[first.Start..first.End], text[second.Start..second.End]);
        Put(second, before);
        Put(first, after);
    }

    private void Put(Microsoft.CodeAnalysis.Text.TextSpan span, string what) => text = string.Concat(text.AsSpan(0, span.Start), what, text.AsSpan(span.End));

    private T Pick<T>(IEnumerable<T> from)
    {
        var list = from as IReadOnlyList<T> ?? [.. from];
        return list[random.Next(list.Count)];
    }
}
