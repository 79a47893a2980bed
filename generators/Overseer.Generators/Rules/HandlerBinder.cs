using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Binds the parameters of a handler's stages: OVS301 to OVS304, and the half of OVS402 that is about parameters.</summary>
/// <remarks>
/// In this order: the job and its token; what an attribute says; in PostProcess the result of Process; a value that a harness
/// of the stage provides; the one dependency whose result fits; the job's args. The args are settled last, over all stages,
/// and Process has the first say.
/// </remarks>
internal sealed class HandlerBinder
{
    private static readonly StageKind[] StagesByWeight = [StageKind.Process, StageKind.PreProcess, StageKind.PostProcess];

    private readonly HandlerModel handler;
    private readonly EquatableArray<HarnessModel> harnesses;
    private readonly IReadOnlyDictionary<string, HandlerModel> handlers;
    private readonly Func<string, HandlerModel?> findProducer;
    private readonly Func<string, bool> isArgsElsewhere;
    private readonly Dictionary<(int Stage, int Parameter), Binding> bindings = [];
    private readonly List<InputModel> inputs = [];
    private readonly List<string> wanted = [];
    private readonly List<RuleProblem> problems = [];
    private bool isComplete = true;
    private TypeModel? args;
    private string? argsName;

    /// <param name="handler">The handler.</param>
    /// <param name="harnesses">The harnesses around its stages, outermost first.</param>
    /// <param name="handlers">All handlers by key.</param>
    /// <param name="findProducer">Another handler whose result has the type of that key, if there is one.</param>
    /// <param name="isArgsElsewhere">Whether another handler, without dependencies, takes a type as its args.</param>
    public HandlerBinder(
        HandlerModel handler,
        EquatableArray<HarnessModel> harnesses,
        IReadOnlyDictionary<string, HandlerModel> handlers,
        Func<string, HandlerModel?> findProducer,
        Func<string, bool> isArgsElsewhere)
    {
        this.handler = handler;
        this.harnesses = harnesses;
        this.handlers = handlers;
        this.findProducer = findProducer;
        this.isArgsElsewhere = isArgsElsewhere;
    }

    public (BoundHandler Bound, IReadOnlyList<RuleProblem> Problems) Bind()
    {
        var left = new List<(int Stage, int Parameter)>();
        foreach (var kind in StagesByWeight)
        {
            if (handler.Stage(kind) is not { } stage) continue;
            var index = IndexOf(stage);
            for (var ordinal = 0; ordinal < stage.Parameters.Count; ordinal++)
            {
                var binding = Bind(stage, index, ordinal);
                if (binding is { } known) bindings[(index, ordinal)] = known;
                else left.Add((index, ordinal));
            }
        }

        BindArgs(left);
        var stages = handler.Stages.Where(stage => handler.Stage(stage.Kind) is not null).Select(Bound).ToEquatableArray();
        var bound = new BoundHandler(handler, args, argsName, inputs.ToEquatableArray(), wanted.ToEquatableArray(), stages, harnesses, isComplete && IsNameable());
        return (bound, problems);
    }

    private bool IsNameable() =>
        handler.Type.IsUsable
        && handler.JobType is not null
        && handler.Result is null or { IsUsable: true }
        && args is null or { IsUsable: true }
        && handler.Stages.All(stage => stage.Parameters.All(parameter => parameter.Type.IsUsable))
        && handler.Constructor.Parameters.All(parameter => parameter.Type.IsUsable)
        && harnesses.All(harness => harness.Flaw is null && harness.Constructor.Parameters.All(parameter => parameter.Type.IsUsable));

    private BoundStage Bound(StageModel stage)
    {
        var index = IndexOf(stage);
        return new(stage, Enumerable.Range(0, stage.Parameters.Count).Select(ordinal => bindings[(index, ordinal)]).ToEquatableArray());
    }

    private int IndexOf(StageModel stage)
    {
        for (var index = 0; index < handler.Stages.Count; index++)
        {
            if (ReferenceEquals(handler.Stages[index], stage)) return index;
        }

        return -1;
    }

    /// <returns>Null if only the args are left for it.</returns>
    private Binding? Bind(StageModel stage, int index, int ordinal)
    {
        var parameter = stage.Parameters[ordinal];
        var target = RuleTarget.Parameter(index, ordinal);
        switch (parameter.Source)
        {
            case ParameterSource.Job:
                return new(BindingKind.Job);
            case ParameterSource.CancellationToken:
                return new(BindingKind.CancellationToken);
            case ParameterSource.ServiceProvider:
                return new(BindingKind.Services);
            case ParameterSource.Service or ParameterSource.KeyedService:
                return new(BindingKind.Service);
            case ParameterSource.ResultOf:
                return BindNamed(stage, parameter, target);
        }

        if (parameter.Type.Is(TypeTraits.Unresolved)) return Unbound();
        if (stage.Kind == StageKind.PostProcess && handler.Result is { } result && result.Key == parameter.Type.Key)
        {
            return result.IsNullable && !parameter.Type.TakesNull
                ? MayBeNull(stage, parameter, "the result of Process", target)
                : new Binding(BindingKind.Result);
        }

        for (var harness = 0; harness < harnesses.Count; harness++)
        {
            if (harnesses[harness].Stage == stage.Kind && harnesses[harness].Provides?.Key == parameter.Type.Key)
                return BindProvided(stage, parameter, harness, target);
        }

        return BindByType(stage, parameter, target);
    }

    private Binding BindProvided(StageModel stage, ParameterModel parameter, int harness, RuleTarget target) =>
        harnesses[harness].Provides!.IsNullable && !parameter.Type.TakesNull
            ? MayBeNull(stage, parameter, $"what {harnesses[harness].Type.Display} provides", target)
            : new Binding(BindingKind.Provided, harness);

    private Binding BindNamed(StageModel stage, ParameterModel parameter, RuleTarget target)
    {
        var link = parameter.ResultOf!;
        var index = FindDependency(link.Key);
        if (index < 0)
            return Unbound(RuleId.WrongResultOf, target, parameter.Name, parameter.Type.Display, link.Display, "it is no dependency of this handler");
        if (!handler.Dependencies[index].IsResultKnown || parameter.Type.Is(TypeTraits.Unresolved)) return Unbound();
        if (parameter.Fits[index].Fit != ResultFit.None) return Input(stage, parameter, index, target);
        var given = handlers.TryGetValue(link.Key, out var other) ? other.Result : null;
        return Unbound(
            RuleId.WrongResultOf, target, parameter.Name, parameter.Type.Display, link.Display,
            given is null ? "it gives no result" : $"its result is {given.Display}");
    }

    private Binding? BindByType(StageModel stage, ParameterModel parameter, RuleTarget target)
    {
        foreach (var wanted in (ResultFit[])[ResultFit.Exact, ResultFit.Convertible])
        {
            var found = Enumerable.Range(0, handler.Dependencies.Count)
                .Where(index => parameter.Fits[index].Fit == wanted && FindDependency(handler.Dependencies[index].Handler.Key) == index)
                .ToList();
            if (found.Count == 1) return Input(stage, parameter, found[0], target);
            if (found.Count > 1)
            {
                var links = found.Select(index => handler.Dependencies[index].Handler).ToList();
                return Unbound(new RuleProblem(
                    RuleId.AmbiguousResult, handler.Key, target, [parameter.Name, parameter.Type.Display, string.Join(" and ", links.Select(link => link.Display))])
                {
                    Others = links.Select(link => link.Key).ToEquatableArray(),
                });
            }
        }

        return null;
    }

    private Binding Input(StageModel stage, ParameterModel parameter, int dependency, RuleTarget target)
    {
        var link = handler.Dependencies[dependency].Handler;
        if (parameter.Fits[dependency].MayBeNull) return MayBeNull(stage, parameter, $"the result of {link.Display}", target);
        var known = inputs.FindIndex(input => input.Key == link.Key);
        if (known >= 0) return new(BindingKind.Input, known);
        if (!handlers.TryGetValue(link.Key, out var other) || other is not { JobType: { } type, Result: { IsUsable: true } result }) return Unbound();
        inputs.Add(new(link.Key, type, other.FormerNames, result, parameter.Name));
        return new(BindingKind.Input, inputs.Count - 1);
    }

    /// <summary>The first place of a dependency, which may be named twice.</summary>
    private int FindDependency(string key)
    {
        for (var index = 0; index < handler.Dependencies.Count; index++)
        {
            if (handler.Dependencies[index].Handler.Key == key) return index;
        }

        return -1;
    }

    private void BindArgs(List<(int Stage, int Parameter)> left)
    {
        // A dependency whose result is not known has its own error; what is left may be meant for it.
        var isClear = handler.Dependencies.All(dependency => dependency.IsResultKnown);
        var isOneAmongSeveral = left.Select(place => At(place).Type.Key).Distinct().Count() > 1 || left.GroupBy(place => place.Stage).Any(stage => stage.Count() > 1);
        var stagesWithArgs = new HashSet<int>();
        // The first one left is the args, but the args of other handlers come before what could be a result.
        var known = left.Select(place => At(place).Type).FirstOrDefault(type => type.Is(TypeTraits.Source) && isArgsElsewhere(type.Key));
        foreach (var place in left.OrderBy(place => known is not null && known.Key != At(place).Type.Key && findProducer(At(place).Type.Key) is not null))
        {
            var parameter = At(place);
            if (FindOtherSource(place) is { } problem)
            {
                bindings[place] = isClear ? Unbound(problem) : Unbound();
            }
            else if (CanBeArgs(parameter.Type) && stagesWithArgs.Add(place.Stage))
            {
                // Null may come only if every stage takes it.
                if (args is null || !parameter.Type.TakesNull) args = parameter.Type;
                argsName ??= parameter.Name;
                bindings[place] = new(BindingKind.Args);
            }
            else
            {
                bindings[place] = isClear ? Unbound(OneTooMany(place)) : Unbound();
            }
        }

        // One parameter alone, beside a dependency whose result is not known, is its result rather than the args: so nobody
        // who calls the graph is asked for one more argument until the dependency is mended.
        bool CanBeArgs(TypeModel type) => args is null ? isClear || isOneAmongSeveral || isArgsElsewhere(type.Key) : args.Key == type.Key;
    }

    /// <summary>A parameter whose type tells that it is meant to be something other than the args.</summary>
    private RuleProblem? FindOtherSource((int Stage, int Parameter) place)
    {
        var type = At(place).Type;
        var target = RuleTarget.Parameter(place.Stage, place.Parameter);
        var stage = handler.Stages[place.Stage];
        if (harnesses.FirstOrDefault(harness => harness.Provides?.Key == type.Key) is { } elsewhere)
        {
            return new(RuleId.ProvidedValue, handler.Key, target, [
                type.Display, stage.Kind.ToString(), $"only {elsewhere.Type.Display} provides it, and it wraps {elsewhere.Stage}"]);
        }

        return type.Is(TypeTraits.Source) && findProducer(type.Key) is { } producer ? NoDependency(place, producer, "wants", "") : null;
    }

    /// <summary>A parameter that is left beside the args.</summary>
    private RuleProblem OneTooMany((int Stage, int Parameter) place)
    {
        var parameter = At(place);
        // Many a handler gives an int: a parameter that could do without one hardly waits for it.
        if (args is not null && parameter.Default is null && findProducer(parameter.Type.Key) is { } producer)
            return NoDependency(place, producer, $"is left beside '{argsName}', which takes the args, and could be", ", or put its value into the args");
        return new(RuleId.UnboundParameter, handler.Key, RuleTarget.Parameter(place.Stage, place.Parameter), [
            parameter.Name,
            parameter.Type.Display,
            handler.Stages[place.Stage].Method,
            WhatCouldBeBound(place),
            parameter.Default is null
                ? "put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out"
                : "its default value is never used, so put the value into the args, mark it [FromServices], or take it out"]);
    }

    private RuleProblem NoDependency((int Stage, int Parameter) place, HandlerModel producer, string how, string otherwise)
    {
        wanted.Add(producer.Key);
        return new(RuleId.ResultOfNoDependency, handler.Key, RuleTarget.Parameter(place.Stage, place.Parameter), [
            At(place).Name, At(place).Type.Display, producer.Type.Display, how, otherwise])
        { Others = [producer.Key] };
    }

    private string WhatCouldBeBound((int Stage, int Parameter) place)
    {
        var could = new List<string> { "JobContext", "CancellationToken" };
        if (args is not null)
            could.Add($"the args ({args.Display}, taken by '{argsName}'{(findProducer(args.Key) is { } producer ? $", though {producer.Type.Display} gives that type too" : "")})");
        foreach (var dependency in handler.Dependencies)
        {
            if (handlers.TryGetValue(dependency.Handler.Key, out var other) && other.Result is { } result)
                could.Add($"the result of {dependency.Handler.Display} ({result.Display})");
        }

        var kind = handler.Stages[place.Stage].Kind;
        if (kind == StageKind.PostProcess && handler.Result is { } own) could.Add($"the result of Process ({own.Display})");
        foreach (var harness in harnesses)
        {
            if (harness.Stage == kind && harness.Provides is { } provided) could.Add($"what {harness.Type.Display} provides ({provided.Display})");
        }

        return "what can be taken here is " + string.Join(", ", could.Distinct());
    }

    private Binding MayBeNull(StageModel stage, ParameterModel parameter, string what, RuleTarget target) => Unbound(
        RuleId.UnboundParameter, target, parameter.Name, parameter.Type.Display, stage.Method,
        $"{what} may be null, which {parameter.Type.Display} does not take", $"make it {parameter.Type.Display}?");

    private ParameterModel At((int Stage, int Parameter) place) => handler.Stages[place.Stage].Parameters[place.Parameter];

    private Binding Unbound(string id, RuleTarget target, params EquatableArray<string> arguments) =>
        Unbound(new RuleProblem(id, handler.Key, target, arguments));

    private Binding Unbound(RuleProblem? problem = null)
    {
        if (problem is not null) problems.Add(problem);
        isComplete = false;
        return default;
    }
}
