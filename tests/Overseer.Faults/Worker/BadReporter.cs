namespace Overseer.Faults;

/// <summary>A reporter that behaves badly, by its kind: <c>hang</c>, <c>block</c>, <c>throw</c>, <c>slow</c>; or well: <c>tell</c>.</summary>
internal sealed class BadReporter(string kind, HistoryFile history) : IFailureReporter
{
    public async ValueTask ReportAsync(FailureReport report, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case "hang":
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
            case "block":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "throw":
                throw new InvalidOperationException("The reporter was told to throw.");
            case "slow":
                await Task.Delay(50, cancellationToken);
                break;
            default:
                history.Write("reported", report.Job.Value, result: report.Reason.ToString());
                break;
        }
    }
}
