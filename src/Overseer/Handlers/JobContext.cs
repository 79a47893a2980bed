using System.Diagnostics.CodeAnalysis;
using Overseer.Stores;

namespace Overseer;

/// <summary>One attempt of one job, as handlers and harnesses see it.</summary>
/// <remarks>The four signals may be given from any thread of the attempt; the first one counts.</remarks>
public sealed class JobContext
{
    private readonly ReservedJob reserved;
    private readonly JobAttempt attempt;

    internal JobContext(ReservedJob reserved, JobAttempt attempt, IServiceProvider services, CancellationToken cancellationToken)
    {
        this.reserved = reserved;
        this.attempt = attempt;
        Services = services;
        CancellationToken = cancellationToken;
    }

    /// <summary>The job's id.</summary>
    public JobId Id => reserved.Id;

    /// <summary>The job's type as it is stored: a former name of the handler's, if the run is as old as that.</summary>
    public string Type => reserved.Type;

    /// <summary>The run it belongs to.</summary>
    public RunId Run => reserved.Lease.Run;

    /// <summary>The name of the run's graph.</summary>
    public string Graph => reserved.Graph;

    /// <summary>The run key, if the run has one.</summary>
    public string? RunKey => reserved.RunKey;

    /// <summary>Which try this is, from 1; tries that ended by a lost worker, a snooze, a fault or a shutdown do not count.</summary>
    public int Attempt => reserved.Attempt;

    /// <summary>How many workers died while they held this job.</summary>
    public int Losses => reserved.Losses;

    /// <summary>The job's args as JSON text; null if it has none.</summary>
    public string? Args => reserved.Args;

    /// <summary>The attempt's service scope.</summary>
    public IServiceProvider Services { get; }

    internal JobLease Lease => reserved.Lease;

    /// <summary>Cancelled when the worker loses the job, an operator cancels it, or the drain time of a shutdown is over.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The result of the one dependency of that type, for handlers that were given at run time; also if it is stored under a former name.</summary>
    /// <exception cref="UnreadablePayloadException">It is missing or cannot be read.</exception>
    public TResult ResultOf<TResult>(string type) => attempt.ResultOf<TResult>(type);

    /// <summary>The same job with another token, for a harness that sets a limit of its own.</summary>
    public JobContext With(CancellationToken cancellationToken) => new(reserved, attempt, Services, cancellationToken);

    /// <summary>Ends the job as aborted, and with it all that depends on it. Logged as an error and reported.</summary>
    /// <param name="message">Why.</param>
    /// <returns>Never; typed so that it reads as <c>throw job.Abort(…)</c>.</returns>
    [DoesNotReturn]
    public Exception Abort(string message) => throw attempt.Say(new JobSignal(JobSignalKind.Abort, message));

    /// <summary>Ends the job as aborted, and with it all that depends on it. Neither an error nor reported.</summary>
    /// <inheritdoc cref="Abort(string)"/>
    [DoesNotReturn]
    public Exception AbortSilently(string message) => throw attempt.Say(new JobSignal(JobSignalKind.AbortSilent, message));

    /// <summary>Puts the job back for a later try, because of something that will pass. Not counted as a failed attempt, but as a fault, up to <see cref="OverseerOptions.FaultLimit"/>.</summary>
    /// <param name="message">What is in the way.</param>
    /// <param name="retryAfter">When to try again. By default one second, doubled with each fault of the job, up to an hour, with jitter.</param>
    /// <inheritdoc cref="Abort(string)"/>
    [DoesNotReturn]
    public Exception Fault(string message, TimeSpan? retryAfter = null) =>
        throw attempt.Say(new JobSignal(JobSignalKind.Fault, message, NotNegative(retryAfter, nameof(retryAfter))));

    /// <summary>Puts the job back for later, because there is nothing to do yet. Counted as a snooze, up to <see cref="OverseerOptions.SnoozeLimit"/>.</summary>
    /// <param name="delay">How long.</param>
    /// <inheritdoc cref="Abort(string)"/>
    [DoesNotReturn]
    public Exception Snooze(TimeSpan delay) =>
        throw attempt.Say(new JobSignal(JobSignalKind.Snooze, $"Snoozed for {delay}.", NotNegative(delay, nameof(delay))));

    private static TimeSpan? NotNegative(TimeSpan? delay, string parameter) =>
        delay is { } time && (time < TimeSpan.Zero || time > TimeSpan.FromDays(3650))
            ? throw new ArgumentOutOfRangeException(parameter, delay, "A delay is between zero and ten years.")
            : delay;
}
