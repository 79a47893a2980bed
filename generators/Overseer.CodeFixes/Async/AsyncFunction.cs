using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Async;

/// <summary>A function that can become <c>async</c>.</summary>
/// <param name="Declaration">The method, local function or lambda.</param>
/// <param name="Name">Its name, for titles; empty for a lambda.</param>
/// <param name="Task">The type to return instead; null if it stays.</param>
/// <param name="Returns">Where it returns a task now.</param>
internal sealed record AsyncFunction(SyntaxNode Declaration, string Name, INamedTypeSymbol? Task, IReadOnlyList<AsyncReturn> Returns)
{
    public static bool IsAsync(SyntaxNode function) => Modifiers(function).Any(SyntaxKind.AsyncKeyword);

    /// <summary>Null if it has to stay as it is, because of those who call it.</summary>
    public static async Task<AsyncFunction?> FindAsync(SyntaxNode function, Finding finding) => function switch
    {
        MethodDeclarationSyntax method when finding.Model.GetDeclaredSymbol(method, finding.CancellationToken) is { } symbol =>
            Find(function, symbol.Name, symbol.ReturnType, finding) ?? (await IsFreeAsync(method, symbol, finding).ConfigureAwait(false) ? new(function, symbol.Name, TaskOf(symbol, finding), []) : null),
        LocalFunctionStatementSyntax local when finding.Model.GetDeclaredSymbol(local, finding.CancellationToken) is IMethodSymbol symbol => Find(function, symbol.Name, symbol.ReturnType, finding),
        AnonymousFunctionExpressionSyntax lambda => IsGivenToRun(lambda, finding) ? new(function, "", null, []) : FindReturned(lambda, finding) is { } returned ? Find(function, "", returned, finding) : null,
        _ => null,
    };

    public void Apply(SyntaxEditor editor)
    {
        foreach (var place in Returns) editor.TrackNode(place.Place);
        editor.ReplaceNode(Declaration, (current, generator) =>
        {
            // Another wait in it may have made it async.
            if (IsAsync(current)) return current;
            current = Returns.Aggregate(current, (function, place) => place.ApplyTo(function));
            if (Task is not null && current is MethodDeclarationSyntax method) current = method.WithReturnType(Wrap(method.ReturnType, Task, generator));
            return AddAsync(current);
        });
    }

    private static AsyncFunction? Find(SyntaxNode function, string name, ITypeSymbol returned, Finding finding) =>
        StageFinder.Unwrap(returned) is { Form: not ReturnForm.Direct, Value: var value } && AsyncReturn.FindAll(function, value is not null, finding) is { } returns
            ? new(function, name, null, returns)
            : null;

    private static ITypeSymbol? FindReturned(AnonymousFunctionExpressionSyntax lambda, Finding finding) =>
        (finding.Model.GetTypeInfo(lambda, finding.CancellationToken).ConvertedType as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType;

    // Task.Run takes a lambda that is async as well, and gives the same task.
    private static bool IsGivenToRun(AnonymousFunctionExpressionSyntax lambda, Finding finding) =>
        lambda is { Parent: ArgumentSyntax { NameColon: null, Parent.Parent: InvocationExpressionSyntax call } } and not ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
        && FindReturned(lambda, finding) is { } returned && StageFinder.Unwrap(returned).Form == ReturnForm.Direct
        && finding.Model.GetSymbolInfo(call, finding.CancellationToken).Symbol is IMethodSymbol { Name: "Run", ContainingType: var type } && type.IsNamed("System.Threading.Tasks", nameof(Task));

    /// <summary>Whether a method may return something else: a stage that nobody calls but generated code.</summary>
    private static async Task<bool> IsFreeAsync(MethodDeclarationSyntax method, IMethodSymbol symbol, Finding finding)
    {
        if (symbol is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } or { ReturnsByRef: true } or { ReturnsByRefReadonly: true }) return false;
        if (StageFinder.Unwrap(symbol.ReturnType).Form != ReturnForm.Direct || method.Modifiers.Any(SyntaxKind.PartialKeyword) || !JobCode.IsStage(symbol, finding.Compilation)) return false;
        if (symbol.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(symbol.Name)).Any(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))) return false;
        return !await Uses.AreInCodeAsync(symbol, finding).ConfigureAwait(false);
    }

    private static INamedTypeSymbol? TaskOf(IMethodSymbol method, Finding finding) => method.ReturnsVoid
        ? finding.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")
        : finding.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1")?.Construct(method.ReturnType);

    private static TypeSyntax Wrap(TypeSyntax returned, INamedTypeSymbol task, SyntaxGenerator generator)
    {
        var written = Written.Type(task, generator);
        // The value as its author wrote it.
        if (task.IsGenericType && written.DescendantNodesAndSelf().OfType<GenericNameSyntax>().First() is { } generic)
            written = written.ReplaceNode(generic.TypeArgumentList.Arguments[0], returned.WithoutTrivia());
        return written.WithTriviaFrom(returned);
    }

    private static SyntaxTokenList Modifiers(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
        _ => [],
    };

    private static SyntaxNode AddAsync(SyntaxNode function)
    {
        var modifiers = Modifiers(function);
        var added = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        var partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (modifiers.Count == 0)
        {
            // The first token gives its comments and indentation to the one before it; attributes come before both.
            var first = function switch
            {
                MethodDeclarationSyntax method => method.ReturnType.GetFirstToken(),
                LocalFunctionStatementSyntax local => local.ReturnType.GetFirstToken(),
                AnonymousMethodExpressionSyntax anonymous => anonymous.DelegateKeyword,
                SimpleLambdaExpressionSyntax simple => simple.Parameter.GetFirstToken(),
                ParenthesizedLambdaExpressionSyntax lambda => lambda.ReturnType?.GetFirstToken() ?? lambda.ParameterList.GetFirstToken(),
                _ => function.GetFirstToken(),
            };
            added = added.WithLeadingTrivia(first.LeadingTrivia);
            function = function.ReplaceToken(first, first.WithLeadingTrivia());
        }
        else if (partial == 0)
        {
            added = added.WithLeadingTrivia(modifiers[0].LeadingTrivia);
            modifiers = modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia());
        }

        return With(function, modifiers.Insert(partial < 0 ? modifiers.Count : partial, added));
    }

    private static SyntaxNode With(SyntaxNode function, SyntaxTokenList modifiers) => function switch
    {
        MethodDeclarationSyntax method => method.WithModifiers(modifiers),
        LocalFunctionStatementSyntax local => local.WithModifiers(modifiers),
        AnonymousFunctionExpressionSyntax lambda => lambda.WithModifiers(modifiers),
        _ => function,
    };
}
