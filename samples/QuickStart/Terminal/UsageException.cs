namespace QuickStart;

/// <summary>Arguments that cannot be read.</summary>
/// <param name="message">What is wrong with them.</param>
public sealed class UsageException(string message) : Exception(message);
