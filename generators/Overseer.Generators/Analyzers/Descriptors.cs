using Microsoft.CodeAnalysis;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>Every diagnostic: the thing, the rule it breaks, the remedy. The arguments are those that <see cref="RuleId"/> lists.</summary>
internal static class Descriptors
{
    /// <summary>Where the page of each id is found; the only place that says so.</summary>
    public const string Pages = "https://github.com/overseer-dotnet/overseer/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor JobTypeName = Error(
        RuleId.JobTypeName,
        "Job type name is not well formed",
        "'{0}' is no {1}");

    public static readonly DiagnosticDescriptor JobTypeClaimedTwice = Error(
        RuleId.JobTypeClaimedTwice,
        "Two handlers claim one job type",
        "Job type '{0}' is claimed by {1} and by {2}; one handler only may claim it, so {3}");

    public static readonly DiagnosticDescriptor UnusableClass = Error(
        RuleId.UnusableClass,
        "Handler cannot be made by generated code",
        "Generated code cannot use handler {0}: {1}; a handler is a class that is neither abstract, static nor generic, has no required members, and can be seen from here");

    public static readonly DiagnosticDescriptor StageCount = Error(
        RuleId.StageCount,
        "Handler does not have each stage once",
        "{0} has {2} {1} stage; {3}");

    public static readonly DiagnosticDescriptor StageSignature = Error(
        RuleId.StageSignature,
        "Signature of a stage is not supported",
        "{0}.{1} cannot be a stage: {2}");

    public static readonly DiagnosticDescriptor Constructors = Error(
        RuleId.Constructors,
        "Handler has more than one constructor",
        "{0} has more than one accessible constructor; leave one, or mark the one to use with [ActivatorUtilitiesConstructor]");

    public static readonly DiagnosticDescriptor MissingHandler = Error(
        RuleId.MissingHandler,
        "Class is not a job handler",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor Cycle = Error(
        RuleId.Cycle,
        "Jobs wait for each other",
        "Jobs wait for each other: {0}; take one of these dependencies out");

    public static readonly DiagnosticDescriptor RepeatedDependency = Warning(
        RuleId.RepeatedDependency,
        "Dependency is given twice",
        "{0} already depends on {1}; once is enough, so take this one out");

    public static readonly DiagnosticDescriptor ImpliedDependency = Info(
        RuleId.ImpliedDependency,
        "Dependency is implied by another",
        "{0} runs after {1} anyway, because it depends on {2}, and takes no result of {1}; take this dependency out");

    public static readonly DiagnosticDescriptor GraphName = Error(
        RuleId.GraphName,
        "Graph name cannot be used",
        "'{0}' cannot name a graph: {1}; choose another name");

    public static readonly DiagnosticDescriptor RunTimeGraph = Error(
        RuleId.RunTimeGraph,
        "Run-time graph cannot run",
        "This graph cannot run: {0}; {1}");

    public static readonly DiagnosticDescriptor UnboundParameter = Error(
        RuleId.UnboundParameter,
        "Parameter of a stage cannot be bound",
        "Parameter '{0}' ({1}) of {2} cannot be bound: {3}; {4}");

    public static readonly DiagnosticDescriptor ResultOfNoDependency = Error(
        RuleId.ResultOfNoDependency,
        "Parameter wants the result of a handler that is no dependency",
        "Parameter '{0}' ({1}) {3} the result of {2}, which is no dependency of this handler; add [DependsOn<{2}>]{4}");

    public static readonly DiagnosticDescriptor AmbiguousResult = Error(
        RuleId.AmbiguousResult,
        "Two dependencies produce the type of a parameter",
        "Parameter '{0}' ({1}) may be the result of {2}, which give the same type; say whose it is with [ResultOf<T>]");

    public static readonly DiagnosticDescriptor WrongResultOf = Error(
        RuleId.WrongResultOf,
        "[ResultOf<T>] does not fit",
        "Parameter '{0}' ({1}) cannot be the result of {2}: {3}; name a dependency whose result has this type");

    public static readonly DiagnosticDescriptor NotStorable = Error(
        RuleId.NotStorable,
        "Type cannot be stored as JSON",
        "{0} cannot be stored as JSON: {1}; change it, leave it out with [JsonIgnore], or give it a [JsonConverter]");

    public static readonly DiagnosticDescriptor NotInContext = Warning(
        RuleId.NotInContext,
        "Stored type is not described by the JsonSerializerContext",
        "{0} {1}; {2}");

    public static readonly DiagnosticDescriptor UnusableHarness = Error(
        RuleId.UnusableHarness,
        "Harness cannot be used",
        "Harness {0} cannot be used here: {1}");

    public static readonly DiagnosticDescriptor ProvidedValue = Error(
        RuleId.ProvidedValue,
        "Value is not provided by exactly one harness of the stage",
        "What {1} takes as {0} must come from exactly one harness of that stage, but {2}");

    public static readonly DiagnosticDescriptor StrandedRuns = Error(
        RuleId.StrandedRuns,
        "Change strands runs in the database",
        "{0} {1}; {2}");

    public static readonly DiagnosticDescriptor Unreadable = Error(
        RuleId.Unreadable,
        "Type cannot read what is stored",
        "{0} {1}; {2}");

    public static readonly DiagnosticDescriptor LockFileBehind = Warning(
        RuleId.LockFileBehind,
        "Lock file is behind the code",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor SwallowedSignal = Warning(
        RuleId.SwallowedSignal,
        "Catch-all swallows what ends a job",
        "{0} swallows what {1} throws to end the job; {2}");

    public static readonly DiagnosticDescriptor UnusedToken = Info(
        RuleId.UnusedToken,
        "Cancellation token is not passed on",
        "{0} can be cancelled, and is not given the token at hand; pass {1}");

    public static readonly DiagnosticDescriptor BlockingWait = Warning(
        RuleId.BlockingWait,
        "Blocking wait in a handler",
        "{0} blocks a thread of the worker, which other jobs need; {1}");

    /// <summary>Those of the rules that look at handlers as wholes, told by <see cref="HandlerAnalyzer"/>; the others have analyzers of their own.</summary>
    public static readonly IReadOnlyList<DiagnosticDescriptor> OfHandlers =
    [
        JobTypeName, JobTypeClaimedTwice, UnusableClass, StageCount, StageSignature, Constructors,
        MissingHandler, Cycle, RepeatedDependency, ImpliedDependency, GraphName,
        UnboundParameter, ResultOfNoDependency, AmbiguousResult, WrongResultOf,
        UnusableHarness, ProvidedValue,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Overseer", severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md");
}
