namespace Overseer;

/// <summary>The base of everything that Overseer itself reports as gone wrong. Database errors are not wrapped.</summary>
public abstract class OverseerException : Exception
{
    private protected OverseerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
