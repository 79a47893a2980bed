namespace Overseer;

/// <summary>A store that cannot be used as it is: no database, somebody else's, read-only, or of a schema this version does not know.</summary>
public sealed class StoreUnusableException : OverseerException
{
    /// <summary>Names the store, what is wrong with it and what to do.</summary>
    /// <param name="store">The file or address, without secrets.</param>
    /// <param name="problem">What is wrong, and the remedy.</param>
    /// <param name="inner">The database's own error, if there was one.</param>
    public StoreUnusableException(string store, string problem, Exception? inner = null)
        : base($"Store '{store}' cannot be used: {problem}", inner) => Store = store;

    /// <summary>The file or address, without secrets.</summary>
    public string Store { get; }
}
