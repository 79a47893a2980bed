using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS702: a call in a stage or a harness that could take the job's token, and does not.</summary>
/// <remarks>The diagnostic's properties say what to pass, for whoever wants to: <see cref="TokenProperty"/> and <see cref="ParameterProperty"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedTokenAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The expression of the token at hand.</summary>
    public const string TokenProperty = "Token";

    /// <summary>The name of the parameter that takes it.</summary>
    public const string ParameterProperty = "Parameter";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnusedToken];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            start.RegisterOperationBlockStartAction(block =>
            {
                if (block.OwningSymbol is not IMethodSymbol method || !JobCode.IsStageOrHarnessStage(method, block.Compilation)) return;
                block.RegisterOperationAction(operation => Check(operation, method), OperationKind.Invocation);
            });
        });
    }

    /// <summary>The expression of the nearest token that can be named here; null if there is none.</summary>
    /// <param name="operation">Where it is to be named.</param>
    /// <param name="member">The method that this stands in.</param>
    public static string? FindToken(IOperation operation, IMethodSymbol member)
    {
        foreach (var outer in OperationWalk.Around(operation))
        {
            var function = outer switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is null) continue;
            if (FindToken(function) is { } own) return own;
            if (function.IsStatic) return null;
        }

        return FindToken(member);
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol stage)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.IsImplicit || IsDeliberate(call) || FindTaker(call, stage, context.Compilation) is not { } taker || FindToken(call, stage) is not { } token) return;
        var properties = ImmutableDictionary<string, string?>.Empty.Add(TokenProperty, token).Add(ParameterProperty, taker);
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnusedToken, LocationOf(call), properties, OperationWalk.NameOf(call.TargetMethod), token));
    }

    /// <summary>Where no token is passed for a reason: clean-up has to run when the job is cancelled too, and what waits for the token itself must not.</summary>
    private static bool IsDeliberate(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Name is "ContinueWith" || BlockingWaitAnalyzer.IsTaskWait(method)) return true;
        IOperation inner = call;
        foreach (var outer in OperationWalk.Around(call))
        {
            if (outer is ICatchClauseOperation) return true;
            if (outer is ITryOperation attempt && attempt.Finally == inner) return true;
            if (outer is IConversionOperation { Type: INamedTypeSymbol type } && type.OriginalDefinition.IsNamed("System.Linq.Expressions", "Expression`1")) return true;
            if (outer is IInvocationOperation { TargetMethod: var around } && around.ContainingType.IsToken()) return true;
            inner = outer;
        }

        return false;
    }

    /// <summary>The parameter that would take a token: one left to its default, or the last one of an overload that is the same otherwise.</summary>
    private static string? FindTaker(IInvocationOperation call, IMethodSymbol stage, Compilation compilation)
    {
        var method = call.TargetMethod;
        if (call.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.DefaultValue && argument.Parameter?.Type.IsToken() == true) is { } left)
            return HasJob(call) ? null : left.Parameter!.Name;
        if (method.Parameters.Any(parameter => parameter.Type.IsToken() || parameter.IsParams) || HasJob(call)) return null;
        foreach (var member in method.ContainingType.GetMembers(method.Name))
        {
            if (member is not IMethodSymbol overload || overload.Arity != method.Arity || overload.IsStatic != method.IsStatic) continue;
            if (overload.Arity > 0) overload = overload.Construct([.. method.TypeArguments]);
            if (overload.Parameters.Length != method.Parameters.Length + 1 || overload.Parameters[overload.Parameters.Length - 1] is not { RefKind: RefKind.None } last || !last.Type.IsToken()) continue;
            if (!HaveSameStart(overload, method) || !GiveTheSame(overload.ReturnType, method.ReturnType, call)) continue;
            if (!overload.IsObsolete() && compilation.IsSymbolAccessibleWithin(overload, stage.ContainingType)) return last.Name;
        }

        return null;
    }

    private static bool HasJob(IInvocationOperation call) =>
        call.Instance?.Type.IsJobContext() == true || call.Arguments.Any(argument => OperationWalk.Unconverted(argument.Value).Type.IsJobContext());

    private static bool HaveSameStart(IMethodSymbol longer, IMethodSymbol shorter) =>
        shorter.Parameters.Zip(longer.Parameters, (one, other) => one.RefKind == other.RefKind && SymbolEqualityComparer.Default.Equals(one.Type, other.Type)).All(same => same);

    // Awaited at once, a ValueTask does as well as a Task.
    private static bool GiveTheSame(ITypeSymbol one, ITypeSymbol other, IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(one, other)
        || (call.Parent is IAwaitOperation
            && StageFinder.Unwrap(one) is { Form: not Model.ReturnForm.Direct, Value: var given }
            && StageFinder.Unwrap(other) is { Form: not Model.ReturnForm.Direct, Value: var wanted }
            && SymbolEqualityComparer.Default.Equals(given, wanted));

    private static string? FindToken(IMethodSymbol function)
    {
        if (function.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken() && parameter.Name is not ("" or "_")) is { } token) return Identifiers.Escape(token.Name);
        return function.Parameters.FirstOrDefault(parameter => parameter.Type.IsJobContext() && parameter.Name is not ("" or "_")) is { } job
            ? Identifiers.Escape(job.Name) + ".CancellationToken"
            : null;
    }

    private static Location LocationOf(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax invocation
        ? invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.GetLocation(),
            MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
            var other => other.GetLocation(),
        }
        : call.Syntax.GetLocation();
}
