namespace Overseer.Generators.Rules;

/// <summary>The ids of the rules, with the arguments that each problem carries.</summary>
internal static class RuleId
{
    /// <summary>Job type name, or former name, that is none: name, what it is not, and what to do.</summary>
    public const string JobTypeName = "OVS101";

    /// <summary>Two handlers claim one job type: job type, this handler, the other, what to do.</summary>
    public const string JobTypeClaimedTwice = "OVS102";

    /// <summary>Generated code cannot make the handler: handler, why.</summary>
    public const string UnusableClass = "OVS103";

    /// <summary>No <c>Process</c>, or one stage twice: handler, stage, how many, what to do.</summary>
    public const string StageCount = "OVS104";

    /// <summary>Unsupported signature of a stage: handler, method, why.</summary>
    public const string StageSignature = "OVS105";

    /// <summary>Several constructors: handler.</summary>
    public const string Constructors = "OVS106";

    /// <summary>What is used as a handler is none: what, what to do.</summary>
    public const string MissingHandler = "OVS201";

    /// <summary>A cycle: its path.</summary>
    public const string Cycle = "OVS202";

    /// <summary>The same dependency twice: handler, dependency.</summary>
    public const string RepeatedDependency = "OVS203";

    /// <summary>A dependency that another implies: handler, dependency, the other.</summary>
    public const string ImpliedDependency = "OVS204";

    /// <summary>A graph name that cannot be used: name, why.</summary>
    public const string GraphName = "OVS205";

    /// <summary>A literal run-time graph that cannot run: why, what to do.</summary>
    public const string RunTimeGraph = "OVS206";

    /// <summary>A parameter that cannot be bound: parameter, its type, method, why, what to do.</summary>
    public const string UnboundParameter = "OVS301";

    /// <summary>A parameter wants the result of a handler that is no dependency: parameter, its type, that handler, how it wants it, what else to do.</summary>
    public const string ResultOfNoDependency = "OVS302";

    /// <summary>Two dependencies produce the type: parameter, its type, the dependencies.</summary>
    public const string AmbiguousResult = "OVS303";

    /// <summary><c>[ResultOf]</c> that does not fit: parameter, its type, the handler it names, why.</summary>
    public const string WrongResultOf = "OVS304";

    /// <summary>A type that cannot be stored: type, why.</summary>
    public const string NotStorable = "OVS305";

    /// <summary>A type that the linked context does not describe, or a context with other settings: thing, rule, remedy.</summary>
    public const string NotInContext = "OVS306";

    /// <summary>An unusable harness: harness, why and what to do.</summary>
    public const string UnusableHarness = "OVS401";

    /// <summary>A value that no harness of this stage provides, or two do: type, stage, why.</summary>
    public const string ProvidedValue = "OVS402";

    /// <summary>A change that strands stored runs: thing, what is wrong, what to do.</summary>
    public const string StrandedRuns = "OVS601";

    /// <summary>A type that cannot read what is stored: thing, what is wrong, what to do.</summary>
    public const string Unreadable = "OVS602";

    /// <summary>The lock file is behind the code: why, what to do.</summary>
    public const string LockFileBehind = "OVS603";

    /// <summary>A catch-all that swallows what ends a job: the call.</summary>
    public const string SwallowedSignal = "OVS701";

    /// <summary>A token that is not passed on: the call, the token.</summary>
    public const string UnusedToken = "OVS702";

    /// <summary>A blocking wait: the call, what to do.</summary>
    public const string BlockingWait = "OVS703";
}
