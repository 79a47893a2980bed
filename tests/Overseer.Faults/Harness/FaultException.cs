namespace Overseer.Faults;

/// <summary>A scenario did not go as it had to.</summary>
internal sealed class FaultException(string message) : Exception(message);
