using Overseer.Stores;

namespace Overseer.Model;

public sealed partial class ModelStore
{
    private async Task<EndedJobs> EndAsync(ModelEvent.EndJobs end)
    {
        if (machine.Flaw != Flaw.CountsOldRead) return (EndedJobs)Do(end)!;
        var before = State;
        await Pause();
        var ended = (EndedJobs)Do(end)!;
        foreach (var (lease, _) in end.Endings.Zip(ended.Answers).Where(told => told.First is JobEnding.Finish && told.Second.Accepted).Select(told => (told.First.Lease, told.Second)))
        {
            foreach (var dependent in State.Run(lease.Run)!.DependentsOf(lease.Job))
            {
                var job = State.Job(lease.Run, dependent)!;
                var waiting = job.Dependencies.Count(number => number != lease.Job && before.Job(lease.Run, number)!.Status != JobStatus.Finished);
                if (job.Status == JobStatus.Unstarted) State = State.With(lease.Run, dependent, job with { Waiting = waiting });
            }
        }

        return ended;
    }

    private async Task<SweepAnswer> SweepOldListAsync(int lossLimit, int page)
    {
        (State, var dead) = StateMachine.BuryDead(State with { Now = ModelState.Whole(clock.GetUtcNow()) });
        var lost = StateMachine.FindLost(State).Take(page).ToList();
        await Pause();
        State = machine.TakeBack(State with { Now = ModelState.Whole(clock.GetUtcNow()) }, lost, lossLimit);
        return new SweepAnswer(dead, [.. lost.Select(lease => State.Show(lease.Run, lease.Job))], lost.Count == page);
    }

    // The first half is there for all to see while the second is on its way.
    private async Task<IReadOnlyList<InsertAnswer>> InsertHalvesAsync(IReadOnlyList<JobGraph> graphs)
    {
        var answers = (IReadOnlyList<InsertAnswer>)Do(new ModelEvent.Insert(graphs))!;
        foreach (var answer in answers.Where(answer => !answer.AlreadyExisted))
        {
            var whole = State.Run(answer.Run)!;
            var half = whole.Jobs.Count - (whole.Jobs.Count / 2);
            State = State.With(answer.Run, whole with { Jobs = [.. whole.Jobs.Take(half)] });
            await Pause();
            var first = State.Run(answer.Run)!;
            State = State.With(answer.Run, first with { Jobs = [.. first.Jobs, .. whole.Jobs.Skip(half)] });
        }

        return answers;
    }
}
