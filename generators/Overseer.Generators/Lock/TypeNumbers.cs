namespace Overseer.Generators.Lock;

/// <summary>Numbers types in the order in which they are met, so that what differs by their names alone becomes the same.</summary>
internal sealed class TypeNumbers
{
    private readonly LockModel model;
    private readonly Dictionary<string, string> numbers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LockedType> types = LockModel.New<LockedType>();

    private TypeNumbers(LockModel model) => this.model = model;

    public static LockModel Of(LockModel model)
    {
        var numbers = new TypeNumbers(model);
        var jobs = LockModel.New<LockedJob>();
        foreach (var job in model.Jobs)
        {
            var after = LockModel.New<LockedValue?>();
            foreach (var dependency in job.Value.After) after[dependency.Key] = numbers.Of(dependency.Value);
            jobs[job.Key] = job.Value with { After = after, Args = numbers.Of(job.Value.Args), Result = numbers.Of(job.Value.Result) };
        }

        return model with { Jobs = jobs, Types = numbers.types };
    }

    private LockedValue? Of(LockedValue? value)
    {
        if (value is null) return null;
        var isType = value.Kind is ValueKind.Type || (value.Kind is ValueKind.Text && model.Types.ContainsKey(value.Name));
        return value with { Name = isType ? Number(value.Name) : value.Name, Element = Of(value.Element), Key = Of(value.Key) };
    }

    private string Number(string name)
    {
        if (numbers.TryGetValue(name, out var known)) return known;
        var number = $"#{numbers.Count}";
        numbers.Add(name, number);
        types[number] = model.Types.TryGetValue(name, out var type) ? Of(type) : new LockedEnum("", LockModel.New<string>());
        return number;
    }

    private LockedType Of(LockedType type)
    {
        if (type is not LockedObject known) return type;
        var (members, derived) = (LockModel.New<LockedMember>(), LockModel.New<LockedValue>());
        foreach (var member in known.Members) members[member.Key] = member.Value with { Value = Of(member.Value.Value)! };
        foreach (var other in known.Derived) derived[other.Key] = Of(other.Value)!;
        return known with { Members = members, Derived = derived };
    }
}
