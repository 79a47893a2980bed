using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Every handler in reach, bound, and every problem of the rules: what both the emitter and the analyzers work from. Made once per compilation.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, BoundHandler> bound = [];
    private readonly ILookup<string, RuleProblem> problems;

    /// <param name="own">The compiled assembly with its handlers.</param>
    /// <param name="references">The referenced assemblies that have handlers.</param>
    public HandlerTable(AssemblyModel own, EquatableArray<AssemblyModel> references)
    {
        Own = own with { Handlers = InOrder(own.Handlers) };
        References = references;
        var assemblies = references.Append(Own).ToList();
        var byKey = new Dictionary<string, HandlerModel>();
        foreach (var handler in assemblies.SelectMany(assembly => assembly.Handlers)) byKey[handler.Key] = handler;
        var producers = byKey.Values
            .Where(handler => handler is { Result: not null, Type.IsUsable: true })
            .OrderBy(handler => handler.Key, StringComparer.Ordinal)
            .ToLookup(handler => handler.Result!.Key);
        var argsOfSources = byKey.Values
            .Where(handler => handler.Dependencies.Count == 0)
            .SelectMany(handler => handler.Stage(StageKind.Process)?.Parameters ?? [], (handler, parameter) => (handler, parameter))
            .Where(pair => pair.parameter.Source == ParameterSource.Binding)
            .ToLookup(pair => pair.parameter.Type.Key, pair => pair.handler.Key);
        var found = new List<RuleProblem>();
        foreach (var assembly in assemblies)
        {
            foreach (var handler in assembly.Handlers)
            {
                var unbound = Bind(handler, assembly);
                if (assembly == Own) found.AddRange(unbound);
            }
        }

        foreach (var guess in Own.Handlers.SelectMany(handler => handler.Dependencies).Select(dependency => dependency.Guess))
        {
            // What is wrong with it is told when it is a handler.
            if (guess is not null && !bound.ContainsKey(guess.Key)) Bind(guess, Own);
        }

        foreach (var handler in Own.Handlers)
        {
            found.AddRange(HandlerRules.Check(handler));
            found.AddRange(HarnessRules.Check(handler.Key, handler.Harnesses));
            found.AddRange(HarnessRules.CheckProvided(handler.Key, bound[handler.Key].Harnesses).Where(problem => problem.Target.Kind == RuleTargetKind.Attribute));
            found.AddRange(DependencyRules.Check(handler, bound));
        }

        found.AddRange(JobTypeRule.Check(Own, references));
        found.AddRange(CycleRule.Check(Own.Handlers.ToList()));
        if (Own.Handlers.Count > 0)
        {
            found.AddRange(HarnessRules.Check(OfAssembly, Own.Harnesses));
            found.AddRange(HarnessRules.CheckProvided(OfAssembly, HarnessRules.InOrder(Own.Harnesses, [])));
        }

        Graphs = new GraphNames(this);
        found.AddRange(Graphs.Problems);
        problems = found.ToLookup(problem => problem.Handler);

        IReadOnlyList<RuleProblem> Bind(HandlerModel handler, AssemblyModel assembly)
        {
            var binder = new HandlerBinder(
                handler,
                HarnessRules.InOrder(assembly.Harnesses, handler.Harnesses),
                byKey,
                type => producers[type].FirstOrDefault(producer => producer.Key != handler.Key),
                type => argsOfSources[type].Any(key => key != handler.Key));
            var (result, unbound) = binder.Bind();
            bound[handler.Key] = result;
            return unbound;
        }
    }

    /// <summary>The key under which problems of the assembly itself are found.</summary>
    public const string OfAssembly = "";

    /// <summary>The key under which problems between referenced assemblies are found.</summary>
    public const string OfReferences = "*";

    /// <summary>The compiled assembly, its handlers in the ordinal order of their metadata names.</summary>
    public AssemblyModel Own { get; }

    public EquatableArray<AssemblyModel> References { get; }

    public GraphNames Graphs { get; }

    /// <summary>The handlers of the compiled assembly, in the ordinal order of their metadata names.</summary>
    public IEnumerable<BoundHandler> OwnHandlers => Own.Handlers.Select(handler => bound[handler.Key]);

    /// <summary>A handler, or what a dependency that lacks <c>[JobType]</c> would be with it.</summary>
    public BoundHandler? Find(string key) => bound.TryGetValue(key, out var handler) ? handler : null;

    /// <summary>What is wrong with one handler, or under <see cref="OfAssembly"/> with the assembly's own attributes.</summary>
    public IEnumerable<RuleProblem> ProblemsOf(string handler) => problems[handler];

    public IEnumerable<RuleProblem> Problems => problems.SelectMany(group => group);

    // Two partial declarations that both have [JobType] come as two: the compiler reports that, here one of them is enough.
    private static EquatableArray<HandlerModel> InOrder(IEnumerable<HandlerModel> handlers) =>
        handlers.GroupBy(handler => handler.Key)
            .Select(group => group.First())
            .OrderBy(handler => handler.MetadataName, StringComparer.Ordinal)
            .ToEquatableArray();
}
