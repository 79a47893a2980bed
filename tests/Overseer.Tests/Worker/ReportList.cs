using System.Collections.Concurrent;

namespace Overseer.Tests.Worker;

/// <summary>Keeps what was reported.</summary>
internal sealed class ReportList : IFailureReporter
{
    private readonly ConcurrentQueue<FailureReport> reports = new();

    public IReadOnlyCollection<FailureReport> All => reports;

    public ValueTask ReportAsync(FailureReport report, CancellationToken cancellationToken)
    {
        reports.Enqueue(report);
        return ValueTask.CompletedTask;
    }
}
