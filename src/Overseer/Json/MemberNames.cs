using System.Text.Json;

namespace Overseer.Json;

/// <summary>What the members of one type are called in JSON now and were called before, and the same of what they hold. Filled by <see cref="MemberNameFinder"/>.</summary>
internal sealed class MemberNames
{
    private readonly Dictionary<string, string> presentNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberNames?> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> newerNames = new(StringComparer.Ordinal);
    private readonly Dictionary<object, MemberNames> derived = [];

    /// <summary>Whether a member of it, or of what it holds at any depth, had another name.</summary>
    public bool Matters { get; set; }

    /// <summary>Of its elements or values, if it is a collection.</summary>
    public MemberNames? Elements { get; set; }

    /// <summary>The property that tells which derived type an object is of.</summary>
    public string? Discriminator { get; set; }

    public IEnumerable<string> FormerNames => presentNames.Keys;

    public IEnumerable<MemberNames> Below => members.Values.Append(Elements).OfType<MemberNames>().Concat(derived.Values);

    public void AddMember(string name, MemberNames? value) => members[name] = value;

    /// <param name="name">A member's present name.</param>
    /// <param name="formerNames">Its former names, the latest first.</param>
    public void AddFormerNames(string name, IReadOnlyList<string> formerNames)
    {
        for (var index = 0; index < formerNames.Count; index++)
        {
            // What is a name now is never read as a former one, and one that two claim goes to the first: the compiler reports both.
            if (formerNames[index] is not { Length: > 0 } former || members.ContainsKey(former) || !presentNames.TryAdd(former, name)) continue;
            newerNames.Add(former, [name, .. formerNames.Take(index)]);
        }
    }

    public void AddDerived(object discriminator, MemberNames names) => derived[discriminator] = names;

    /// <summary>Those of the derived type that an object says it is of; else these.</summary>
    public MemberNames For(JsonElement value)
    {
        if (Discriminator is null || value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(Discriminator, out var said)) return this;
        object? key = said.ValueKind switch
        {
            JsonValueKind.String => said.GetString(),
            JsonValueKind.Number when said.TryGetInt32(out var number) => number,
            _ => null,
        };
        return key is not null && derived.TryGetValue(key, out var names) ? names : this;
    }

    /// <summary>The present name of the member that a property of an object stands for; null if the object has it under a newer name as well.</summary>
    public string? FindPresentName(string name, JsonElement value) =>
        !presentNames.TryGetValue(name, out var present) ? name
        : newerNames[name].Any(newer => value.TryGetProperty(newer, out _)) ? null
        : present;

    /// <summary>Those of what a member holds, by its present name.</summary>
    public MemberNames? Of(string name) => members.GetValueOrDefault(name) ?? Elements;
}
