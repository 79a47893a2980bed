using System.Globalization;
using Overseer.Model;
using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>Says to a store what the model is told, and puts answers so that they can be compared.</summary>
internal static class Caller
{
    public static async Task<object?> AskAsync(IJobStore store, ModelEvent verb)
    {
        switch (verb)
        {
            case ModelEvent.Insert insert: return await store.InsertAsync(insert.Graphs);
            case ModelEvent.Beat beat: return await store.BeatAsync(beat.Worker, beat.Held);
            case ModelEvent.Reserve reserve: return await store.ReserveAsync(reserve.Request);
            case ModelEvent.EndJobs { HandOver: { } request } end: return await store.EndAndReserveAsync(end.Endings, request);
            case ModelEvent.EndJobs end: return new EndedJobs(await store.EndAsync(end.Endings), []);
            case ModelEvent.Sweep sweep: return await store.SweepAsync(sweep.LossLimit, sweep.Page);
            case ModelEvent.CancelRun cancel: return await store.CancelRunAsync(cancel.Run);
            case ModelEvent.CancelJob cancel: return await store.CancelJobAsync(JobId.For(cancel.Run, cancel.Number));
            case ModelEvent.RetryFailed retry: return await store.RetryFailedAsync(retry.Run);
            case ModelEvent.Register register:
                await store.RegisterWorkerAsync(register.Worker);
                return null;
            case ModelEvent.Retire retire:
                await store.RetireWorkerAsync(retire.Worker);
                return null;
            default: throw new ArgumentException($"{verb} is no verb.", nameof(verb));
        }
    }

    public static string Show(object? answer) => answer switch
    {
        IReadOnlyList<InsertAnswer> inserted => string.Join("; ", inserted),
        BeatAnswer beat => $"{beat.IsAlive}, lost {string.Join("; ", beat.Lost)}",
        IReadOnlyList<ReservedJob> given => string.Join("; ", given.Select(job => $"{job.Lease} {job.Attempt} {job.Losses}")),
        EndedJobs ended => $"{string.Join("; ", ended.Answers)}, handed over {Show(ended.HandedOver)}",
        SweepAnswer swept => $"{swept.DeadWorkers} {swept.HasMore} {string.Join("; ", swept.Jobs.Select(Show))}",
        Job job => $"{job.Id} {job.Status} {job.Reason} attempt {job.Attempt} losses {job.Losses} waiting {job.WaitingOn} result {job.Result} failure {job.Failure} worker {job.Worker} run {job.RunAt:O} finished {job.FinishedAt:O}",
        _ => Convert.ToString(answer, CultureInfo.InvariantCulture) ?? "",
    };
}
