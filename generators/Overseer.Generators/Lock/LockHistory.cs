namespace Overseer.Generators.Lock;

/// <summary>What is to be locked: what the code says now, and what runs that are older than the last build may still hold.</summary>
internal sealed class LockHistory
{
    private readonly LockModel stored;
    private readonly LockedCode code;
    private readonly ShapeComparison shapes;
    private readonly SortedDictionary<string, LockedType> types = LockModel.New<LockedType>();

    private LockHistory(LockModel stored, LockedCode code)
    {
        this.stored = stored;
        this.code = code;
        shapes = new(stored, code.Model);
        foreach (var type in code.Model.Types) types[type.Key] = type.Value;
    }

    /// <param name="stored">What was locked, with which the code is compatible.</param>
    /// <param name="code">The code.</param>
    public static LockModel Of(LockModel stored, LockedCode code)
    {
        var history = new LockHistory(stored, code);
        var jobs = LockModel.New<LockedJob>();
        foreach (var job in code.Model.Jobs) jobs[job.Key] = history.Of(job.Key, job.Value);
        history.KeepMembers();
        return code.Model with { Jobs = jobs, Types = history.types };
    }

    private LockedJob Of(string name, LockedJob job)
    {
        var known = job.FormerNames.Prepend(name).Select(candidate => stored.Jobs.TryGetValue(candidate, out var found) ? found : null).FirstOrDefault(found => found is not null);
        if (known is null) return job;
        if (known.Args is { } args && job.Args is { } argsNow) shapes.Find(args, argsNow, "");
        if (known.Result is { } result && job.Result is { } resultNow) shapes.Find(result, resultNow, "");
        var after = LockModel.New<LockedValue?>();
        foreach (var dependency in job.After)
        {
            if (FindStored(known, dependency.Key) is { } older) after[dependency.Key] = Older(older.Value, dependency.Value);
        }

        return job with { After = after };
    }

    /// <summary>A dependency that is new is not one of every stored job.</summary>
    private KeyValuePair<string, LockedValue?>? FindStored(LockedJob job, string dependency)
    {
        var key = code.FindHandler(dependency)?.Handler.Key;
        foreach (var known in job.After)
        {
            if (key is not null && code.FindHandler(known.Key)?.Handler.Key == key) return known;
        }

        return null;
    }

    /// <summary>What the oldest gave, as it is read now if it can be.</summary>
    private LockedValue? Older(LockedValue? was, LockedValue? now)
    {
        if (was is null) return null;
        if (now is not null && shapes.Find(was, now, "").Count == 0) return now;
        Keep(was);
        return was;
    }

    /// <summary>A member that comes again must still read what it was.</summary>
    private void KeepMembers()
    {
        foreach (var (was, isNow) in shapes.Pairs)
        {
            if (!stored.Types.TryGetValue(was, out var before) || before is not LockedObject old || !types.TryGetValue(isNow, out var after) || after is not LockedObject present) continue;
            var members = LockModel.New<LockedMember>();
            foreach (var member in present.Members) members[member.Key] = member.Value;
            foreach (var member in old.Members.Where(member => !IsKnown(member.Key, present)))
            {
                members[member.Key] = member.Value with { Use = MemberUse.Gone, FormerNames = [] };
                Keep(member.Value.Value);
            }

            types[isNow] = present with { Members = members };
        }
    }

    private static bool IsKnown(string name, LockedObject type) => type.Members.ContainsKey(name) || type.Members.Values.Any(member => member.FormerNames.Contains(name));

    /// <summary>Takes over the types of a value that the code does not have any more.</summary>
    private void Keep(LockedValue value)
    {
        if (value.Element is { } element) Keep(element);
        if (value.Key is { } key) Keep(key);
        if (types.ContainsKey(value.Name) || !stored.Types.TryGetValue(value.Name, out var type)) return;
        types[value.Name] = type;
        if (type is not LockedObject known) return;
        foreach (var inner in known.Members.Values.Select(member => member.Value).Concat(known.Derived.Values)) Keep(inner);
    }
}
