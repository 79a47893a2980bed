using Overseer.Stores;

namespace Overseer.Model;

/// <summary>What a store is to do, as a pure function from a state and an event to the next state and the answer.</summary>
/// <remarks>
/// Written from the rules and not from a store's code: where a store counts and indexes, this looks at all jobs. Ids of the user's choice are
/// left out, and so are delays that the store draws itself: an ending names its delay.
/// </remarks>
/// <param name="flaw">A rule to leave out.</param>
public sealed partial class StateMachine(Flaw flaw = Flaw.None)
{
    public Flaw Flaw { get; } = flaw;

    public (ModelState State, object? Answer) Apply(ModelState state, ModelEvent happened) => happened switch
    {
        ModelEvent.Insert insert => Insert(state, insert.Graphs),
        ModelEvent.Register register => (Register(state, register.Worker), null),
        ModelEvent.Beat beat => Beat(state, beat),
        ModelEvent.Retire retire => (Retire(state, retire.Worker), null),
        ModelEvent.Reserve reserve => Reserve(state, reserve.Request),
        ModelEvent.EndJobs end => End(state, end),
        ModelEvent.Sweep sweep => Sweep(state, sweep),
        ModelEvent.CancelRun cancel => CancelRun(state, cancel.Run),
        ModelEvent.CancelJob cancel => CancelJob(state, cancel.Run, cancel.Number),
        ModelEvent.RetryFailed retry => RetryFailed(state, retry.Run),
        ModelEvent.Pass pass => (state with { Now = pass.Until > state.Now ? ModelState.Whole(pass.Until) : state.Now }, null),
        _ => throw new ArgumentException($"{happened} is no event that a store knows.", nameof(happened)),
    };

    private bool Has(Flaw other) => Flaw == other;

    private static (ModelState State, object? Answer) Insert(ModelState state, IReadOnlyList<JobGraph> graphs)
    {
        var (next, answers) = (state, new List<InsertAnswer>());
        foreach (var graph in graphs)
        {
            var existing = graph.Key is null ? -1 : next.Runs.Select(run => run.Key).ToList().IndexOf(graph.Key);
            if (existing < 0)
            {
                next = next with { Runs = next.Runs.Add(ModelRun.Of(graph, state.Now)) };
                answers.Add(new InsertAnswer(new RunId(next.Runs.Count), AlreadyExisted: false));
                continue;
            }

            var id = new RunId(existing + 1);
            // All or nothing: what was inserted before it is forgotten.
            if (!graph.Options.UseExistingRun && next.Run(id)!.Fingerprint != ModelRun.FingerprintOf(graph)) return (state, new JobConflictException(graph.Key!, id));
            answers.Add(new InsertAnswer(id, AlreadyExisted: true));
        }

        return (next, answers);
    }

    private static ModelState Register(ModelState state, WorkerRegistration worker)
    {
        var others = state.Without(worker.Id);
        return others with { Workers = others.Workers.Add(new ModelWorker(worker.Id, worker.Label, worker.LeaseTime, state.Now)) };
    }

    private static (ModelState State, object? Answer) Beat(ModelState state, ModelEvent.Beat beat)
    {
        if (state.Worker(beat.Worker) is not { } worker) return (state, new BeatAnswer(IsAlive: false, [.. beat.Held]));
        JobLease[] lost = [.. beat.Held.Where(lease => state.Job(lease.Run, lease.Job)?.IsHeldBy(lease) != true)];
        var index = state.Workers.ToList().IndexOf(worker);
        return (state with { Workers = state.Workers.With(index, worker with { BeatAt = state.Now }) }, new BeatAnswer(IsAlive: true, lost));
    }

    private ModelState Retire(ModelState state, WorkerId worker)
    {
        var next = state.Without(worker);
        foreach (var (run, number, job) in state.Jobs.Where(place => place.Job.Status == JobStatus.Started && place.Job.Worker == worker))
            next = next.With(run, number, PutBack(job with { Attempt = job.Attempt - 1 }));
        return next;
    }

    private ModelJob PutBack(ModelJob job) => job with { Status = JobStatus.Unstarted, Worker = null, Lease = Has(Flaw.LeaseReset) ? 0 : job.Lease };
}
