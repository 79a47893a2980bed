namespace Overseer;

/// <summary>Where failures are reported to, such as an error tracker. Registered as a service; there may be several.</summary>
/// <remarks>
/// Called from one background loop with a bounded queue, so a reporter that hangs or throws delays no handler; what does
/// not fit the queue is dropped and counted in the log.
/// </remarks>
public interface IFailureReporter
{
    /// <summary>Reports one failure.</summary>
    /// <param name="report">What happened.</param>
    /// <param name="cancellationToken">Cancelled when the worker stops, or when the report takes longer than ten seconds.</param>
    ValueTask ReportAsync(FailureReport report, CancellationToken cancellationToken);
}
