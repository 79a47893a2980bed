using Overseer.Model;
using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>Leases, zombies and the sweep: a job and its dependent, two workers that may fall silent at any time, endings that arrive late or twice, and a sweeper that stops to think.</summary>
internal sealed class LeaseWorld(Flaw flaw = Flaw.None) : World<LeaseState>
{
    private const int LossLimit = 2;

    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(1);

    private static readonly WorkerId Fresh = new(new Guid(100, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    private readonly StateMachine machine = new(flaw);

    public override LeaseState Start
    {
        get
        {
            var builder = new JobGraphBuilder("Two");
            builder.DependsOn(builder.Add(new Job("a")), builder.Add(new Job("a") { MaxAttempts = 2 }));
            var state = new LeaseState(new ModelState(DateTimeOffset.UnixEpoch), []);
            state = state with { Store = Do(state.Store, new ModelEvent.Insert([builder.Build()])) };
            for (var i = 0; i < 2; i++)
            {
                var worker = new WorkerId(new Guid(i + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
                state = state with { Store = Register(state.Store, worker), Workers = state.Workers.Add(new LeaseWorker(worker)) };
            }

            return state;
        }
    }

    public override LeaseState Fold(LeaseState state) => state.Fold();

    public override bool IsDone(LeaseState state) => state.Store.Jobs.All(place => place.Job.IsEnded);

    public override string? FindBreach(LeaseState state) => Invariants.FindBreach(state.Store, LossLimit);

    public override IEnumerable<WorldStep<LeaseState>> StepsFrom(LeaseState state)
    {
        for (var i = 0; i < state.Workers.Count; i++)
        {
            foreach (var step in StepsOf(state, i)) yield return step;
        }

        for (var i = 0; i < state.Flight.Count; i++)
        {
            yield return Arrive(state, i, isKept: false);
            // The answer is lost, so it is told again.
            if (state.Told < 1) yield return Arrive(state with { Told = 1 }, i, isKept: true);
        }

        if (state.Store.Workers.Any(worker => worker.BeatAt > state.Store.Now - worker.LeaseTime - Unit))
            yield return new WorldStep<LeaseState>("time passes", state with { Store = Do(state.Store, new ModelEvent.Pass(state.Store.Now + Unit)) });

        if (state.List.Count == 0)
        {
            var (buried, dead) = StateMachine.BuryDead(state.Store);
            ValueList<JobLease> lost = [.. StateMachine.FindLost(buried)];
            if (dead > 0 || lost.Count > 0) yield return new WorldStep<LeaseState>("the sweeper lists the lost", state with { Store = buried, List = lost });
        }
        else
        {
            var (after, held) = (machine.TakeBack(state.Store, state.List, LossLimit), state.List.Where(lease => state.Store.Job(lease.Run, lease.Job)!.IsHeldBy(lease)).ToList());
            var uncounted = held.Any(lease => after.Job(lease.Run, lease.Job)!.Losses == state.Store.Job(lease.Run, lease.Job)!.Losses);
            yield return Change("the sweeper takes them back", state, state with { Store = after, List = [] }, uncounted ? "a loss was not counted" : null);
        }
    }

    private IEnumerable<WorldStep<LeaseState>> StepsOf(LeaseState state, int index)
    {
        var worker = state.Workers[index];
        if (worker.Held is null)
        {
            var (given, jobs) = Ask<IReadOnlyList<ReservedJob>>(state.Store, new ModelEvent.Reserve(new ReserveRequest(worker.Id, [new ReserveType("a", [])], 1)));
            if (jobs.Count > 0) yield return Change($"{index} reserves {jobs[0].Lease.Job}", state, With(state with { Store = given }, index, worker with { Held = jobs[0].Lease }));
        }
        else if (state.Flight.Count < 2)
        {
            yield return Say("finish", new JobEnding.Finish(worker.Held.Value, null));
            yield return Say("failure", new JobEnding.Fail(worker.Held.Value, JobReason.Exception, new JobFailure(""), TimeSpan.Zero));
        }

        var (beaten, answer) = Ask<BeatAnswer>(state.Store, new ModelEvent.Beat(worker.Id, worker.Held is { } held ? [held] : []));
        var now = worker with { Held = answer.Lost.Count > 0 ? null : worker.Held };
        yield return answer.IsAlive
            ? Change($"{index} beats", state, With(state with { Store = beaten }, index, now))
            : Change($"{index} begins anew", state, With(state with { Store = Register(beaten, Fresh) }, index, new LeaseWorker(Fresh)));

        WorldStep<LeaseState> Say(string what, JobEnding ending) =>
            new($"{index} tells of a {what}", With(state with { Flight = state.Flight.Add(ending) }, index, worker with { Held = null }));
    }

    private WorldStep<LeaseState> Arrive(LeaseState state, int index, bool isKept)
    {
        var ending = state.Flight[index];
        var before = state.Store.Job(ending.Lease.Run, ending.Lease.Job)!;
        var (after, answer) = Ask<EndedJobs>(state.Store, new ModelEvent.EndJobs([ending]));
        var isRepeated = before.Lease == ending.Lease.Number && ending.IsOutcome(before.Status, before.Reason);
        var breach = answer.Answers[0].Accepted && !before.IsHeldBy(ending.Lease) && !isRepeated ? $"it ended {before}" : null;
        if (!before.IsHeldBy(ending.Lease) && after != state.Store) breach ??= "a stale ending changed something";
        return Change($"{ending.GetType().Name} of lease {ending.Lease.Number} arrives", state, state with { Store = after, Flight = isKept ? state.Flight : state.Flight.Without(index) }, breach);
    }

    private static WorldStep<LeaseState> Change(string name, LeaseState before, LeaseState after, string? breach = null) =>
        new(name, after, breach ?? Invariants.FindBreach(before.Store, after.Store, isRetry: false));

    private static LeaseState With(LeaseState state, int index, LeaseWorker worker) => state with { Workers = state.Workers.With(index, worker) };

    private ModelState Register(ModelState store, WorkerId worker) => Do(store, new ModelEvent.Register(new WorkerRegistration(worker, "", 2 * Unit)));

    private ModelState Do(ModelState store, ModelEvent happened) => machine.Apply(store, happened).State;

    private (ModelState State, T Answer) Ask<T>(ModelState store, ModelEvent happened)
    {
        var (state, answer) = machine.Apply(store, happened);
        return (state, (T)answer!);
    }
}
