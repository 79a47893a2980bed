namespace Overseer.Simulation.Tests;

/// <summary>The store did not answer, or not in time.</summary>
internal sealed class StoreFault(bool isTransient, string when) : Exception($"The store failed {when}.")
{
    public bool IsTransient => isTransient;
}
