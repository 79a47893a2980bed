using Overseer.Generators.Rules;

namespace Overseer.Generators.Lock;

/// <summary>Why something that is stored cannot be read, or is not read as what it was.</summary>
/// <param name="Type">The type it is about as it is now; null if it is the value as a whole.</param>
/// <param name="Member">The member of that type.</param>
/// <param name="Thing">What it is about, as it is shown.</param>
/// <param name="Flaw">What is wrong with it.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ShapeFinding(string? Type, string? Member, string Thing, string Flaw, string Remedy)
{
    /// <summary>The name under which it is stored, if it is only called otherwise now.</summary>
    public string? StoredName { get; init; }
}

/// <summary>Whether values that are stored by one build can be read by another.</summary>
/// <param name="stored">What was stored.</param>
/// <param name="now">What is to read it.</param>
/// <param name="isOlder">Whether what is stored may also be of builds before the one that was locked.</param>
internal sealed class ShapeComparison(LockModel stored, LockModel now, bool isOlder = true)
{
    private readonly List<ShapeFinding> findings = [];
    private readonly HashSet<(string, string, ValueKind)> seen = [];

    private ShapeComparison(ShapeComparison other, LockModel stored, LockModel now, bool isOlder)
        : this(stored, now, isOlder) => seen.UnionWith(other.seen);

    /// <summary>Which types were compared, so that the one is what the other is now.</summary>
    public IEnumerable<(string Was, string IsNow)> Pairs => seen.Select(pair => (pair.Item1, pair.Item2)).Distinct();

    /// <summary>What is in the way; nothing of types that were compared before.</summary>
    /// <param name="was">How it is stored.</param>
    /// <param name="isNow">How it is read.</param>
    /// <param name="thing">What it is, as it is shown.</param>
    public IReadOnlyList<ShapeFinding> Find(LockedValue was, LockedValue isNow, string thing)
    {
        findings.Clear();
        Compare(was, isNow, new(null, null, thing, "", ""));
        return findings.ToList();
    }

    /// <summary>A full name without its namespaces.</summary>
    public static string Short(string name) => System.Text.RegularExpressions.Regex.Replace(name, @"global::|[\w@]+\.", "");

    private void Compare(LockedValue was, LockedValue isNow, ShapeFinding place)
    {
        if (was.IsNullable && !isNow.IsNullable)
        {
            findings.Add(place with { Flaw = "may be stored as null, and is never null now", Remedy = "let it be null" });
            return;
        }

        switch (was.Kind, isNow.Kind)
        {
            case (_, ValueKind.Any):
            case (ValueKind.BuiltIn, ValueKind.BuiltIn) when BuiltIns.CanBeReadAs(was.Name, isNow.Name):
            case (ValueKind.Text, ValueKind.BuiltIn) when isNow.Name == "string":
            case (ValueKind.Converted, ValueKind.Converted) when was.Name == isNow.Name:
            case (ValueKind.Type, ValueKind.BuiltIn) when stored.Find(was) is LockedEnum numbers && BuiltIns.CanBeReadAs(numbers.Underlying, isNow.Name):
            case (ValueKind.Text or ValueKind.BuiltIn, ValueKind.Text or ValueKind.BuiltIn) when NumberText.Is(was.Name) && NumberText.CanBeReadAs(was.Name, isNow.Name):
                return;
            case (ValueKind.BuiltIn, ValueKind.Type) when now.Find(isNow) is LockedEnum numbers && BuiltIns.CanBeReadAs(was.Name, numbers.Underlying):
                return;
            // The names of an enum are read from its numbers too.
            case (ValueKind.Type, ValueKind.Type or ValueKind.Text) when CompareTypes(was, isNow):
            case (ValueKind.Text, ValueKind.Text) when CompareTypes(was, isNow):
                return;
            case (ValueKind.Array or ValueKind.Set, ValueKind.Array):
            case (ValueKind.Set, ValueKind.Set):
                Compare(was.Element!, isNow.Element!, place with { Thing = "an element of " + place.Thing });
                return;
            case (ValueKind.Map, ValueKind.Map):
                Compare(was.Key!, isNow.Key!, place with { Thing = "a key of " + place.Thing });
                Compare(was.Element!, isNow.Element!, place with { Thing = "a value of " + place.Thing });
                return;
            case (ValueKind.Converted, ValueKind.Converted):
                findings.Add(place with { Flaw = $"is written by {Short(was.Name)} where it is stored, and by {Short(isNow.Name)} now", Remedy = $"keep that converter; if both write the same, say so by its new name in {LockFormat.FileName}" });
                return;
            default:
                findings.Add(place with { Flaw = $"is stored as {Show(was)}, and is {Show(isNow)} now", Remedy = "give it its old type back, and the new one another name" });
                return;
        }
    }

    /// <summary>Whether the two are of one sort, so that what differs has been told.</summary>
    private bool CompareTypes(LockedValue was, LockedValue isNow)
    {
        switch (stored.Find(was), now.Find(isNow))
        {
            case (LockedObject before, LockedObject after):
                if (seen.Add((was.Name, isNow.Name, was.Kind))) CompareObjects(before, after, isNow.Name);
                return true;
            case (LockedEnum before, LockedEnum after):
                if (seen.Add((was.Name, isNow.Name, was.Kind))) CompareEnums(before, after, was.Kind == ValueKind.Text, isNow.Name);
                return true;
            default:
                return false;
        }
    }

    private void CompareObjects(LockedObject was, LockedObject isNow, string name)
    {
        var place = new ShapeFinding(name, null, Short(name), "", "");
        if (was.Derived.Count > 0 && isNow.Derived.Count > 0 && was.Discriminator != isNow.Discriminator)
        {
            findings.Add(place with { Flaw = $"is told apart from its derived types by \"{was.Discriminator}\" where it is stored, and by \"{isNow.Discriminator}\" now", Remedy = $"say [JsonPolymorphic(TypeDiscriminatorPropertyName = \"{was.Discriminator}\")]" });
            return;
        }

        foreach (var derived in was.Derived)
        {
            if (isNow.Derived.TryGetValue(derived.Key, out var after)) Compare(derived.Value, after, place with { Thing = $"{Short(name)} \"{derived.Key}\"" });
            else findings.Add(place with { Flaw = $"may be stored as \"{derived.Key}\", which is no derived type of it now", Remedy = "keep that [JsonDerivedType]" });
        }

        if (!was.CanBeMade) return;
        if (isNow.CanBeMade) CompareMembers(was, isNow, place);
        else findings.Add(place with { Flaw = "is stored as itself, and cannot be made now", Remedy = "let it not be abstract" });
    }

    private void CompareMembers(LockedObject was, LockedObject isNow, ShapeFinding type)
    {
        var sources = isNow.Members.ToDictionary(member => member.Key, member => SourceOf(member.Key, member.Value, was), StringComparer.Ordinal);
        var lost = was.Members.Where(member => IsRead(member.Value) && !sources.ContainsValue(member.Key)).ToList();
        // Those that are required first, as they need a name the most.
        foreach (var member in isNow.Members.Where(member => IsRead(member.Value)).OrderBy(member => member.Value.Use))
        {
            var place = type with { Member = member.Key, Thing = $"{type.Thing}.{member.Key}" };
            if (sources[member.Key] is { } source)
            {
                CompareMember(was.Members[source], member.Value, member.Key, place);
                CheckOtherNames(was, isNow, member, source, place);
            }
            else
            {
                CheckNew(member.Value, lost, place);
            }
        }

        if (was.KeepsUnknown && !isNow.KeepsUnknown && isOlder) findings.Add(type with { Flaw = "keeps members that it does not know where it is stored, and would lose them", Remedy = "keep the [JsonExtensionData] member" });
        if (!isNow.RefusesUnknown) return;
        foreach (var member in was.Members.Keys.Except(sources.Values).Where(member => member is not null))
            findings.Add(type with { Flaw = $"refuses what it does not know, and is stored with {member}", Remedy = "take [JsonUnmappedMemberHandling] away, or keep the member" });
    }

    private static bool IsRead(LockedMember member) => member.Use is not (MemberUse.Written or MemberUse.Gone);

    private static string? SourceOf(string name, LockedMember member, LockedObject was) =>
        was.Members.ContainsKey(name) ? name : member.FormerNames.FirstOrDefault(was.Members.ContainsKey);

    private void CompareMember(LockedMember was, LockedMember isNow, string name, ShapeFinding place)
    {
        if (isNow.Use == MemberUse.Required && (was.Use == MemberUse.Sometimes || (was.Use != MemberUse.Required && isOlder)))
            findings.Add(place with { Flaw = was.Use == MemberUse.Gone ? "was gone for a time, so that what is stored may lack it, and is required now" : "was optional, so that what is stored may lack it, and is required now", Remedy = "give it a default" });
        // Names that it had before are in older texts only.
        foreach (var formerName in (isOlder ? was.FormerNames : []).Where(formerName => formerName != name && !isNow.FormerNames.Contains(formerName)))
            findings.Add(place with { Flaw = $"may be stored as {formerName}, and is not read from there now", Remedy = $"say [WasNamed(\"{formerName}\")]", StoredName = formerName });
        Compare(was.Value, isNow.Value, place);
    }

    /// <summary>Of two members that are stored side by side, one only can go on.</summary>
    private void CheckOtherNames(LockedObject was, LockedObject isNow, KeyValuePair<string, LockedMember> member, string source, ShapeFinding place)
    {
        foreach (var name in member.Value.FormerNames.Where(name => name != source && !isNow.Members.ContainsKey(name)))
        {
            if (was.Members.TryGetValue(name, out var other) && other.Use != MemberUse.Gone && !was.Members[source].FormerNames.Contains(name))
                findings.Add(place with { Flaw = $"is said to have been {name}, which is stored beside {source} and would be lost", Remedy = "keep it as a member of its own" });
        }
    }

    private void CheckNew(LockedMember member, List<KeyValuePair<string, LockedMember>> lost, ShapeFinding place)
    {
        // The one that is called most alike, and each for one member only.
        var likely = lost.Where(candidate => CanBeRead(candidate.Value.Value, member.Value))
            .Select(candidate => candidate.Key)
            .OrderBy(name => NearName.Distance(name, place.Member!))
            .FirstOrDefault();
        lost.RemoveAll(candidate => candidate.Key == likely);
        if (member.Use == MemberUse.Required)
        {
            var remedy = likely is null ? "give it a default" : $"say [WasNamed(\"{likely}\")] if it is what was {likely}, else give it a default";
            findings.Add(place with { Flaw = "is new and required, so that what is stored lacks it", Remedy = remedy, StoredName = likely });
        }
        else if (likely is not null)
        {
            findings.Add(place with
            {
                Flaw = $"is new where {likely} is gone, so that what is stored as {likely} would be lost",
                Remedy = $"say [WasNamed(\"{likely}\")] if it is the same, else take {likely} away first, update {LockFormat.FileName}, and then add this one",
                StoredName = likely,
            });
        }
    }

    private bool CanBeRead(LockedValue was, LockedValue isNow) => new ShapeComparison(this, stored, now, isOlder).Find(was, isNow, "").Count == 0;

    private void CompareEnums(LockedEnum was, LockedEnum isNow, bool isText, string name)
    {
        if (!BuiltIns.CanBeReadAs(was.Underlying, isNow.Underlying))
            findings.Add(new(name, null, Short(name), $"has values of type {was.Underlying} where it is stored, and of type {isNow.Underlying} now", $"let it be of type {was.Underlying}"));
        foreach (var member in was.Values)
        {
            var place = new ShapeFinding(name, member.Key, $"{Short(name)}.{member.Key}", "", "");
            var isThere = isNow.Values.TryGetValue(member.Key, out var number);
            // Where the number is stored, it may be called otherwise.
            if (!isThere && (isText || !isNow.Values.ContainsValue(member.Value)))
                findings.Add(place with { Flaw = "may be stored, and is gone", Remedy = "keep it; another name may have the same value" });
            else if (isThere && !isText && number != member.Value)
                findings.Add(place with { Flaw = $"is stored as {member.Value}, and is {number} now", Remedy = $"let it be {member.Value}" });
        }
    }

    private static string Show(LockedValue value) => Short(value.ToString());
}
