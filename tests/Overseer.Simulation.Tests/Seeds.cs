namespace Overseer.Simulation.Tests;

/// <summary>Seeds that broke a promise once. A seed is the same play only as long as plays and workers take the same steps: whoever changes those takes the repair out once more, and looks for others.</summary>
internal static class Seeds
{
    public static readonly int[] Once =
    [
        // A beat counted from its answer, so that one that took longer than a lease gave a worker trust in leases that were gone.
        517, 1164, 2584,
    ];
}
