namespace Overseer;

/// <summary>What a handler said: abort, abort-silent, fault or snooze.</summary>
internal sealed record JobSignal(JobSignalKind Kind, string Message, TimeSpan? Delay = null);

internal enum JobSignalKind
{
    Abort,
    AbortSilent,
    Fault,
    Snooze,
}

/// <summary>Carries a signal out of the handler. The decision is already on the attempt, so swallowing it changes nothing.</summary>
internal sealed class JobSignalException(JobSignal signal) : OverseerException(signal.Message)
{
    public JobSignal Signal { get; } = signal;
}
