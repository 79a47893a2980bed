namespace Overseer;

/// <summary>A result that cannot be stored exactly. The job fails with reason <c>result_rejected</c>.</summary>
public sealed class ResultRejectedException : OverseerException
{
    internal ResultRejectedException(string type, string problem, Exception? inner = null)
        : base($"The result of job type '{type}' cannot be stored: {problem}", inner)
    {
    }
}
