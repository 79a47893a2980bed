using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Overseer;

/// <summary>Hands failures to the reporters from a loop of its own, so that none of them delays a handler.</summary>
internal sealed class ReportQueue(IReadOnlyList<IFailureReporter> reporters, ILogger log)
{
    private const int Capacity = 1000;
    private static readonly TimeSpan LongestReport = TimeSpan.FromSeconds(10);

    private readonly Channel<FailureReport> queue = Channel.CreateBounded<FailureReport>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public void Add(FailureReport report)
    {
        if (reporters.Count > 0 && !queue.Writer.TryWrite(report)) log.ReportDropped(report.Job, report.Type);
    }

    public void Complete() => queue.Writer.TryComplete();

    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(abandon))
            {
                while (queue.Reader.TryRead(out var report))
                {
                    foreach (var reporter in reporters) await ReportAsync(reporter, report, abandon);
                }
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Stopping: what is left is in the store all the same.
        }
    }

    private async Task ReportAsync(IFailureReporter reporter, FailureReport report, CancellationToken abandon)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon);
            limit.CancelAfter(LongestReport);
            await Task.Run(() => reporter.ReportAsync(report, limit.Token).AsTask(), CancellationToken.None).WaitAsync(LongestReport, abandon);
        }
        catch (Exception error) when (!abandon.IsCancellationRequested)
        {
            log.ReportFailed(reporter.GetType().FullName!, report.Job, error);
        }
    }
}
