namespace Overseer;

/// <summary>Stored args, or a stored result, that cannot be read as the type a handler takes. The job fails with reason <c>unreadable</c>.</summary>
public sealed class UnreadablePayloadException : OverseerException
{
    internal UnreadablePayloadException(string payload, Type type, string problem, Exception? inner = null)
        : base($"{payload} cannot be read as {type}: {problem} Correct the stored JSON, or the type, and retry the job.", inner)
    {
    }
}
