namespace Overseer.Faults;

/// <summary>All broken twins.</summary>
internal static class Twins
{
    public static IReadOnlyList<Twin> All { get; } =
    [
        new(
            "no-lease-check", "A finish looks neither at the lease number nor at the worker.", ["I2", "I7", "I1"], "F7",
            ("j.status = 1 AND j.lease = e.lease AND j.worker = $1", "j.status = 1")),
    ];
}
