namespace Overseer.Simulation.Tests;

/// <summary>Seeds that broke a promise once.</summary>
internal static class Seeds
{
    public static readonly int[] Once =
    [
        // A beat counted from its answer, so that one that took longer than a lease gave a worker trust in leases that were gone.
        93,

        // The same with the registration at start.
        15, 6230,
    ];
}
