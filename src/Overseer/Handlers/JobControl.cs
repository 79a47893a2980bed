using System.Diagnostics.CodeAnalysis;

namespace Overseer;

/// <summary>The four signals for code that has no <see cref="JobContext"/> at hand: they act on the job whose handler is calling.</summary>
/// <remarks>The current job follows the asynchronous flow of the attempt.</remarks>
public static class JobControl
{
    private static readonly AsyncLocal<JobContext?> Flow = new();

    /// <summary>The job whose handler is calling.</summary>
    /// <exception cref="InvalidOperationException">No handler is calling.</exception>
    public static JobContext Current => Flow.Value
        ?? throw new InvalidOperationException("No job is running here. JobControl works inside a handler or harness only.");

    /// <inheritdoc cref="JobContext.Abort(string)"/>
    [DoesNotReturn]
    public static Exception Abort(string message) => throw Current.Abort(message);

    /// <inheritdoc cref="JobContext.AbortSilently(string)"/>
    [DoesNotReturn]
    public static Exception AbortSilently(string message) => throw Current.AbortSilently(message);

    /// <inheritdoc cref="JobContext.Fault(string, TimeSpan?)"/>
    [DoesNotReturn]
    public static Exception Fault(string message, TimeSpan? retryAfter = null) => throw Current.Fault(message, retryAfter);

    /// <inheritdoc cref="JobContext.Snooze(TimeSpan)"/>
    [DoesNotReturn]
    public static Exception Snooze(TimeSpan delay) => throw Current.Snooze(delay);

    internal static void Enter(JobContext job) => Flow.Value = job;
}
