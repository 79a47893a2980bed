using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS101, 103, 104, 105 and 106: what a handler class must be, looked at alone.</summary>
internal static class HandlerRules
{
    private const int MaxNameLength = 200;

    private const string NoJobTypeName = "job type name: use 1 to 200 of the characters a-z, 0-9, '.', '_' and '-', beginning with a letter or a digit";

    private const string NoNearMiss = "add an instance method of that name, which may end in Async: accessible to generated code, and not generic";

    public static IEnumerable<RuleProblem> Check(HandlerModel handler)
    {
        RuleProblem Problem(string id, RuleTarget target, params EquatableArray<string> arguments) => new(id, handler.Key, target, arguments);

        if (handler.JobType is { } name && !IsJobTypeName(name))
            yield return Problem(RuleId.JobTypeName, RuleTarget.Attribute(handler.JobTypeAttribute), name, NoJobTypeName);
        for (var index = 0; index < handler.FormerNames.Count; index++)
        {
            if (FindFlaw(handler, index) is { } reason)
                yield return Problem(RuleId.JobTypeName, RuleTarget.FormerName(handler.JobTypeAttribute, index), handler.FormerNames[index], reason);
        }

        if (FindClassFlaw(handler) is { } flaw) yield return Problem(RuleId.UnusableClass, RuleTarget.Class, handler.FullName, flaw);
        if (handler.Constructor.State == ConstructorState.Ambiguous && (handler.Flaws & (ClassFlaws.Static | ClassFlaws.Abstract)) == 0)
            yield return Problem(RuleId.Constructors, RuleTarget.Constructor, handler.FullName);

        var seen = new int[3];
        for (var index = 0; index < handler.Stages.Count; index++)
        {
            var stage = handler.Stages[index];
            if (++seen[(int)stage.Kind] == 2)
                yield return Problem(RuleId.StageCount, RuleTarget.Stage(index), handler.FullName, stage.Kind.ToString(), "more than one", "leave one, and make the others private or give them another name");
            if (FindSignatureFlaw(handler, stage) is { } reason)
                yield return Problem(RuleId.StageSignature, RuleTarget.Stage(index), handler.FullName, stage.Method, reason);
        }

        if (seen[(int)StageKind.Process] == 0 && (handler.Flaws & ClassFlaws.Static) == 0)
            yield return Problem(RuleId.StageCount, RuleTarget.Class, handler.FullName, nameof(StageKind.Process), "no", handler.NearMiss ?? NoNearMiss);
    }

    public static bool IsJobTypeName(string name) =>
        name.Length is > 0 and <= MaxNameLength && IsLowerOrDigit(name[0]) && name.All(c => IsLowerOrDigit(c) || c is '.' or '_' or '-');

    private static bool IsLowerOrDigit(char c) => c is >= 'a' and <= 'z' or >= '0' and <= '9';

    private static string? FindFlaw(HandlerModel handler, int formerName)
    {
        var name = handler.FormerNames[formerName];
        if (!IsJobTypeName(name)) return NoJobTypeName;
        if (name == handler.JobType) return $"former name of {handler.FullName}: it is its name now, so take it out";
        return handler.FormerNames.Take(formerName).Contains(name) ? $"further former name of {handler.FullName}: it stands there already, so take it out" : null;
    }

    private static string? FindClassFlaw(HandlerModel handler)
    {
        if ((handler.Flaws & ClassFlaws.Static) != 0) return "it is static";
        if ((handler.Flaws & ClassFlaws.Abstract) != 0) return "it is abstract";
        if ((handler.Flaws & ClassFlaws.Generic) != 0) return "it is generic";
        if ((handler.Flaws & ClassFlaws.Inaccessible) != 0) return "it is not accessible to generated code";
        if ((handler.Flaws & ClassFlaws.RequiredMembers) != 0) return "it has required members";
        if ((handler.Flaws & ClassFlaws.Gone) != 0) return "it is marked obsolete as an error";
        return handler.Constructor.State switch
        {
            ConstructorState.Missing => "it has no constructor that generated code can call",
            ConstructorState.Unsupported => "its constructor has a parameter that no service can fill",
            _ => null,
        };
    }

    private static string? FindSignatureFlaw(HandlerModel handler, StageModel stage)
    {
        if (stage.Flaw is not null) return stage.Flaw;
        if (stage is not { Kind: StageKind.PostProcess, Value: { } value } || handler.Stage(StageKind.Process) is not { } process) return null;
        if (process.Value is null) return $"it gives {value.Display}, and Process nothing";
        if (process.Value.Key != value.Key) return $"it gives {value.Display}, and Process {process.Value.Display}";
        return value.IsNullable && !process.Value.TakesNull ? $"it may give null, and Process gives {process.Value.Display}, which is none" : null;
    }
}
