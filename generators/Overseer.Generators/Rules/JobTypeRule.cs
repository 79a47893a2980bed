using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS102: one handler only may claim a job type, as its name or a former one, over the compiled assembly and all it references.</summary>
internal static class JobTypeRule
{
    public static IEnumerable<RuleProblem> Check(AssemblyModel own, EquatableArray<AssemblyModel> references)
    {
        var claimed = new Dictionary<string, Claim>(StringComparer.Ordinal);
        // Present names come first, so that a former name is the one too many.
        foreach (var claim in Claims(references.SelectMany(assembly => assembly.Handlers)))
        {
            if (Contradicts(claim, claimed) is { } other) yield return Among(own, claim, other);
        }

        foreach (var claim in Claims(own.Handlers))
        {
            // What is no job type name is told as such, and has to be changed anyway.
            if (!HandlerRules.IsJobTypeName(claim.Name) || Contradicts(claim, claimed) is not { } other) continue;
            yield return new(RuleId.JobTypeClaimedTwice, claim.Handler.Key, claim.Target, [claim.Name, claim.Shown, other.Shown, Remedy(claim, other)]);
        }
    }

    private static IEnumerable<Claim> Claims(IEnumerable<HandlerModel> handlers)
    {
        var named = handlers.Where(handler => handler.JobType is not null).ToList();
        return named.Select(handler => new Claim(handler, handler.JobType!, FormerName: -1))
            .Concat(named.SelectMany(handler => handler.FormerNames.Select((name, index) => new Claim(handler, name, index))));
    }

    /// <returns>Who claims that name already; null if nobody does, or the same handler.</returns>
    private static Claim? Contradicts(Claim claim, Dictionary<string, Claim> claimed)
    {
        if (claimed.TryGetValue(claim.Name, out var other)) return other.Handler.Key == claim.Handler.Key ? null : other;
        claimed.Add(claim.Name, claim);
        return null;
    }

    private static string Remedy(Claim one, Claim other)
    {
        if (one.IsFormer == other.IsFormer) return one.IsFormer ? "take it out of one of them" : "give one of them another name";
        var (present, former) = one.IsFormer ? (other, one) : (one, other);
        return $"give {present.Handler.FullName} another name, or take the former name out of {former.Handler.FullName}";
    }

    /// <summary>Neither is of the compiled assembly, which brings them together: told where it depends on one of them, if it does.</summary>
    private static RuleProblem Among(AssemblyModel own, Claim one, Claim other)
    {
        EquatableArray<string> arguments = [one.Name, InAssembly(one), InAssembly(other), Remedy(one, other)];
        foreach (var handler in own.Handlers)
        {
            foreach (var dependency in handler.Dependencies)
            {
                if (dependency.Handler.Key == one.Handler.Key || dependency.Handler.Key == other.Handler.Key)
                    return new(RuleId.JobTypeClaimedTwice, handler.Key, RuleTarget.Attribute(dependency.Attribute, dependency.Argument), arguments);
            }
        }

        return new(RuleId.JobTypeClaimedTwice, HandlerTable.OfReferences, RuleTarget.Class, arguments);
    }

    // Two libraries may well have classes of one full name.
    private static string InAssembly(Claim claim) => $"{claim.Shown} ({claim.Handler.Key.Substring(claim.Handler.Key.LastIndexOf(", ", StringComparison.Ordinal) + 2)})";

    /// <param name="Handler">Who claims it.</param>
    /// <param name="Name">The job type.</param>
    /// <param name="FormerName">Which of its former names it is; -1 if it is its name.</param>
    private sealed record Claim(HandlerModel Handler, string Name, int FormerName)
    {
        public bool IsFormer => FormerName >= 0;

        public RuleTarget Target =>
            IsFormer ? RuleTarget.FormerName(Handler.JobTypeAttribute, FormerName) : RuleTarget.Attribute(Handler.JobTypeAttribute);

        public string Shown => IsFormer ? $"{Handler.FullName} as a former name" : Handler.FullName;
    }
}
