namespace Overseer.Generators.Lock;

/// <summary>What runs are stored as: what the lock file says of the last build that was accepted, or what the code says now. All names are in ordinal order.</summary>
/// <param name="Graphs">The graphs that the project declares, by name.</param>
/// <param name="Jobs">The handlers of the project, by job type.</param>
/// <param name="Types">What their args and results are made of, by full name.</param>
internal sealed record LockModel(
    SortedDictionary<string, LockedGraph> Graphs,
    SortedDictionary<string, LockedJob> Jobs,
    SortedDictionary<string, LockedType> Types)
{
    public static LockModel Empty => new(New<LockedGraph>(), New<LockedJob>(), New<LockedType>());

    public static SortedDictionary<string, T> New<T>() => new(StringComparer.Ordinal);

    public LockedType? Find(LockedValue value) => Types.TryGetValue(value.Name, out var type) ? type : null;
}

/// <param name="Version">The hash of its shape, as the run time computes it.</param>
/// <param name="Dependencies">For each of its job types those it depends on.</param>
internal sealed record LockedGraph(string Version, SortedDictionary<string, IReadOnlyList<string>> Dependencies);

/// <param name="FormerNames">The names it was stored under before.</param>
/// <param name="IsRetired">Whether it is kept only to finish stored runs.</param>
/// <param name="After">The job types that each of its stored jobs depends on, however old, with the results that these gave; null where they gave none.</param>
/// <param name="Inputs">The job types whose results it takes.</param>
/// <param name="Args">What its args are; null if it takes none.</param>
/// <param name="Result">What its result is; null if it gives none.</param>
internal sealed record LockedJob(IReadOnlyList<string> FormerNames, bool IsRetired, SortedDictionary<string, LockedValue?> After, IReadOnlyList<string> Inputs, LockedValue? Args, LockedValue? Result);

/// <summary>A type with a shape of its own: a <see cref="LockedObject"/> or a <see cref="LockedEnum"/>.</summary>
internal abstract record LockedType;

/// <param name="Members">Its members by their names in JSON.</param>
/// <param name="CanBeMade">Whether it can be read as itself; if not, as one of its derived types only.</param>
/// <param name="Discriminator">The property that says which derived type it is; null if there are none.</param>
/// <param name="Derived">The derived types by the values of that property; a number begins with <c>#</c>.</param>
/// <param name="RefusesUnknown">Whether a member that it does not know makes it unreadable.</param>
/// <param name="KeepsUnknown">Whether members that it does not know are kept.</param>
internal sealed record LockedObject(
    SortedDictionary<string, LockedMember> Members, bool CanBeMade, string? Discriminator, SortedDictionary<string, LockedValue> Derived, bool RefusesUnknown, bool KeepsUnknown)
    : LockedType;

/// <param name="Underlying">The type of its numbers.</param>
/// <param name="Values">Its members.</param>
internal sealed record LockedEnum(string Underlying, SortedDictionary<string, string> Values) : LockedType;

/// <param name="Value">What it is.</param>
/// <param name="Use">How it is read.</param>
/// <param name="FormerNames">The names it was stored under before.</param>
internal sealed record LockedMember(LockedValue Value, MemberUse Use, IReadOnlyList<string> FormerNames);

internal enum MemberUse
{
    /// <summary>What lacks it cannot be read.</summary>
    Required,

    /// <summary>It may be missing, though it is always written: what is stored may be older than it.</summary>
    Optional,

    /// <summary>It may be missing, and is not always written.</summary>
    Sometimes,

    /// <summary>It is written, and not read back.</summary>
    Written,

    /// <summary>It is no member any more, and older builds have written it.</summary>
    Gone,
}
