using System.Threading.Channels;
using Overseer.Stores;

namespace Overseer;

/// <summary>Records endings: in one transaction all that arrived while the last one was under way, so that batching adds no wait.</summary>
internal sealed class EndingWriter(WorkerParts parts, ReportQueue reports)
{
    private const int MostPerBatch = 500;
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(5);

    private readonly Channel<AttemptEnd> queue = Channel.CreateUnbounded<AttemptEnd>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Takes what endings make ready, if it may.</summary>
    public Reserver? Reserver { get; set; }

    public void Add(AttemptEnd end) => queue.Writer.TryWrite(end);

    public void Complete() => queue.Writer.TryComplete();

    /// <summary>Runs until <see cref="Complete"/> was called and all is recorded, or the token gives up.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(abandon))
            {
                var batch = new List<AttemptEnd>();
                while (batch.Count < MostPerBatch && queue.Reader.TryRead(out var end)) batch.Add(end);
                await WriteAsync(batch, abandon);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            parts.Log.EndingsAbandoned(parts.Book.Count);
        }
    }

    private async Task WriteAsync(IReadOnlyList<AttemptEnd> batch, CancellationToken abandon)
    {
        var backoff = parts.NewBackoff();
        while (true)
        {
            // A lost lease needs no telling; its ending would only be stale.
            var ours = batch.Where(end => !IsDropped(end)).ToList();
            if (ours.Count == 0) return;
            IReadOnlyList<EndAnswer>? answers = null;
            try
            {
                answers = await EndAsync([.. ours.Select(end => end.Ending)], abandon);
            }
            catch (OperationCanceledException) when (abandon.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception error) when (parts.Store.IsTransient(error))
            {
                parts.Log.RecordRetried(ours.Count, parts.Store.Name, error);
                batch = ours;
            }
            catch (Exception error) when (ours.Count > 1)
            {
                // One bad row must not hold up its neighbours.
                parts.Log.RecordSplit(ours.Count, error);
                await WriteAsync(ours.GetRange(0, ours.Count / 2), abandon);
                await WriteAsync(ours.GetRange(ours.Count / 2, ours.Count - (ours.Count / 2)), abandon);
                return;
            }
            catch (Exception error)
            {
                parts.Log.RecordRefused(ours[0].Job.Job.Id, ours[0].Job.Job.Type, error);
                if (ours[0].IsMinimal)
                {
                    _ = AddLaterAsync(ours[0], abandon);
                    return;
                }

                batch = [Minimal(ours[0], error)];
            }

            if (answers is null)
            {
                await backoff.WaitAsync(abandon);
                continue;
            }

            for (var i = 0; i < ours.Count; i++) Settle(ours[i], answers[i]);
            return;
        }
    }

    private async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> batch, CancellationToken abandon)
    {
        if (Reserver?.NextHandOver() is not { } handOver) return await parts.Store.EndAsync(batch, abandon);
        var ended = await parts.Store.EndAndReserveAsync(batch, handOver, abandon);
        Reserver.Take(ended.HandedOver);
        return ended.Answers;
    }

    private bool IsDropped(AttemptEnd end)
    {
        if (!end.Job.IsLost) return false;
        parts.Log.StaleEnding(end.Job.Job.Id, end.Job.Job.Type, end.Job.Lease.Number);
        parts.Book.Remove(end.Job);
        return true;
    }

    // The store refused this very ending, so it gets the smallest one that says so.
    private static AttemptEnd Minimal(AttemptEnd end, Exception error)
    {
        var reason = end.Ending is JobEnding.Finish ? JobReason.ResultRejected : JobReason.Exception;
        var failure = new JobFailure($"The store refused to record how the attempt ended ({error.GetType().FullName}).");
        return end with { Ending = new JobEnding.Fail(end.Job.Lease, reason, failure), Exception = error, IsMinimal = true };
    }

    // What the store will not take at all is kept and tried again, but never in the way of what others have to record.
    private async Task AddLaterAsync(AttemptEnd end, CancellationToken abandon)
    {
        await Task.Delay(RefusedPause, parts.Clock, abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Add(end);
    }

    private void Settle(AttemptEnd end, EndAnswer answer)
    {
        var job = end.Job.Job;
        parts.Book.Remove(end.Job);
        parts.Capacity.Set();
        if (!answer.Accepted) parts.Log.StaleEnding(job.Id, job.Type, end.Job.Lease.Number);
        else if (end.Ending is JobEnding.Fail failed) Failed(end, answer, failed.Failure);
        else if (end.Ending is JobEnding.Postpone postponed) Postponed(end, answer, postponed);
        else if (end.Ending is JobEnding.Abort aborted) Aborted(end, answer, aborted);
    }

    private void Failed(AttemptEnd end, EndAnswer answer, JobFailure failure)
    {
        var job = end.Job.Job;
        if (answer.Status == JobStatus.Unstarted)
        {
            parts.Log.AttemptFailed(job.Id, job.Type, job.Attempt, end.Exception);
            return;
        }

        parts.Log.JobFailed(job.Id, job.Type, answer.Reason!.Value.ToWord(), job.Attempt, end.Exception);
        Report(end, answer, failure);
    }

    private void Postponed(AttemptEnd end, EndAnswer answer, JobEnding.Postpone postponed)
    {
        var job = end.Job.Job;
        if (answer.Status == JobStatus.Unstarted)
        {
            parts.Log.JobPostponed(job.Id, job.Type, postponed.Kind, postponed.Failure.Message);
            return;
        }

        parts.Log.JobFailed(job.Id, job.Type, answer.Reason!.Value.ToWord(), job.Attempt, end.Exception);
        Report(end, answer, postponed.Failure);
    }

    private void Aborted(AttemptEnd end, EndAnswer answer, JobEnding.Abort aborted)
    {
        var job = end.Job.Job;
        if (aborted.Reason == JobReason.AbortSilent)
        {
            parts.Log.JobAbortedSilently(job.Id, job.Type, aborted.Failure.Message);
            return;
        }

        parts.Log.JobAborted(job.Id, job.Type, aborted.Failure.Message);
        Report(end, answer, aborted.Failure);
    }

    private void Report(AttemptEnd end, EndAnswer answer, JobFailure failure)
    {
        var job = end.Job.Job;
        reports.Add(new FailureReport(
            job.Id, job.Type, job.Lease.Run, job.Graph, job.Attempt, answer.Status, answer.Reason!.Value, failure,
            end.Exception is JobSignalException ? null : end.Exception));
    }
}
