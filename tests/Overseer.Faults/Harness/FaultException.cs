namespace Overseer.Faults;

/// <summary>A scenario did not go as it had to.</summary>
/// <param name="message">What did not hold.</param>
/// <param name="invariant">The invariant that this breaks, if it is one.</param>
internal sealed class FaultException(string message, string invariant = "scenario") : Exception(message)
{
    public string Invariant => invariant;
}
