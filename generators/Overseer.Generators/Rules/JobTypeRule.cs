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
            if (handler.JobType is { } type && !claimed.ContainsKey(type)) claimed.Add(type, handler);
        }

        foreach (var handler in own.Handlers)
        {
            if (handler.JobType is not { } type) continue;
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
}
