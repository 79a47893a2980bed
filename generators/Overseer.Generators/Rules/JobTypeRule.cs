using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS102: one handler only may claim a job type, over the compiled assembly and all it references.</summary>
internal static class JobTypeRule
{
    public static IEnumerable<RuleProblem> Check(AssemblyModel own, EquatableArray<AssemblyModel> references)
    {
        var claimed = new Dictionary<string, HandlerModel>(StringComparer.Ordinal);
        foreach (var handler in references.SelectMany(assembly => assembly.Handlers))
        {
            if (handler.JobType is not { } type) continue;
            if (claimed.TryGetValue(type, out var other)) yield return Among(own, type, handler, other);
            else claimed.Add(type, handler);
        }

        foreach (var handler in own.Handlers)
        {
            // What is no job type name is told as such, and has to be changed anyway.
            if (handler.JobType is not { } type || !HandlerRules.IsJobTypeName(type)) continue;
            if (claimed.TryGetValue(type, out var other))
            {
                yield return new(
                    RuleId.JobTypeClaimedTwice, handler.Key, RuleTarget.Attribute(handler.JobTypeAttribute), [type, handler.FullName, other.FullName]);
            }
            else
            {
                claimed.Add(type, handler);
            }
        }
    }

    /// <summary>Neither is of the compiled assembly, which brings them together: told where it depends on one of them, if it does.</summary>
    private static RuleProblem Among(AssemblyModel own, string type, HandlerModel one, HandlerModel other)
    {
        EquatableArray<string> arguments = [type, InAssembly(one), InAssembly(other)];
        foreach (var handler in own.Handlers)
        {
            foreach (var dependency in handler.Dependencies)
            {
                if (dependency.Handler.Key == one.Key || dependency.Handler.Key == other.Key)
                    return new(RuleId.JobTypeClaimedTwice, handler.Key, RuleTarget.Attribute(dependency.Attribute, dependency.Argument), arguments);
            }
        }

        return new(RuleId.JobTypeClaimedTwice, HandlerTable.OfReferences, RuleTarget.Class, arguments);
    }

    // Two libraries may well have classes of one full name.
    private static string InAssembly(HandlerModel handler) => $"{handler.FullName} ({handler.Key.Substring(handler.Key.LastIndexOf(", ", StringComparison.Ordinal) + 2)})";
}
