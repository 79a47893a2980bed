using Microsoft.Extensions.DependencyInjection;
using Overseer.Stores;

namespace Overseer;

/// <summary>Runs one attempt of one job and says how it ended. Never throws.</summary>
internal sealed class AttemptRunner(WorkerParts parts, HeldJob held)
{
    public async Task<AttemptEnd> RunAsync()
    {
        var job = held.Job;
        JobAttempt? attempt = null;
        string? result = null;
        Exception? error = null;
        try
        {
            // The store gave only types that were asked for, so a handler is there.
            parts.Handlers.TryGet(job.Type, out var handler);
            await using var scope = parts.Services.GetService<IServiceScopeFactory>()?.CreateAsyncScope();
            attempt = new JobAttempt(job, handler!, scope?.ServiceProvider ?? parts.Services, parts.Options.MaxPayloadBytes, held.CancellationToken);
            JobControl.Enter(attempt.Job);
            // What the handler threw comes first; an exception while cleaning up after it must not hide it.
            error = await CatchAsync(async () => result = await handler!.RunAsync(attempt));
            var disposal = await CatchAsync(() => attempt.DisposeOwnedAsync().AsTask());
            error ??= disposal;
        }
        catch (Exception caught)
        {
            error ??= caught;
        }

        return Decide(attempt?.Signal, result, error);
    }

    private static async Task<Exception?> CatchAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private AttemptEnd Decide(JobSignal? signal, string? result, Exception? error)
    {
        var lease = held.Lease;
        // What the handler said counts, whatever else it did afterwards.
        if (signal is not null) return new AttemptEnd(held, Said(lease, signal), error);
        if (error is null) return new AttemptEnd(held, new JobEnding.Finish(lease, result));
        // After a cancellation any exception is its echo; if the job is still ours, it is given back uncounted.
        if (held.IsCancelled) return new AttemptEnd(held, new JobEnding.Release(lease));
        var reason = error switch
        {
            UnreadablePayloadException => JobReason.Unreadable,
            ResultRejectedException => JobReason.ResultRejected,
            _ => JobReason.Exception,
        };
        return new AttemptEnd(held, new JobEnding.Fail(lease, reason, FailureRecord.Of(error)), error);
    }

    private JobEnding Said(JobLease lease, JobSignal signal)
    {
        var failure = FailureRecord.Of(signal.Message);
        return signal.Kind switch
        {
            JobSignalKind.Abort => new JobEnding.Abort(lease, JobReason.Abort, failure),
            JobSignalKind.AbortSilent => new JobEnding.Abort(lease, JobReason.AbortSilent, failure),
            JobSignalKind.Fault => new JobEnding.Postpone(lease, PostponeKind.Fault, signal.Delay, parts.Options.FaultLimit, failure),
            _ => new JobEnding.Postpone(lease, PostponeKind.Snooze, signal.Delay, parts.Options.SnoozeLimit, failure),
        };
    }
}
