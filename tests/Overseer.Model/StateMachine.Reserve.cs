using Overseer.Stores;

namespace Overseer.Model;

public sealed partial class StateMachine
{
    private (ModelState State, object? Answer) Reserve(ModelState state, ReserveRequest request)
    {
        if (!state.IsAlive(request.Worker)) return (state, Array.Empty<ReservedJob>());
        var due = InOrder(state.Jobs.Where(place => IsReady(state, place.Job) && request.Types.Any(type => type.Name == place.Job.Type))).ToList();
        var holdsLosses = !Has(Flaw.SuspectsTogether) && HoldsLosses(state, request.Worker);
        var limit = holdsLosses ? request.Slots : request.Slots + request.Prefetch;
        var (chosen, tookSuspect) = (new List<(RunId Run, int Number)>(), holdsLosses);
        foreach (var (run, number, job) in due)
        {
            if (chosen.Count >= limit) break;
            if (job.Losses > 0 && !Has(Flaw.SuspectsTogether))
            {
                // One at a time, in its turn, in a slot, and with no prefetch beside it; those after it wait for that slot too.
                if (tookSuspect) continue;
                limit = request.Slots;
                if (chosen.Count >= limit) break;
                tookSuspect = true;
            }

            chosen.Add((run, number));
        }

        return Give(state, request, chosen);
    }

    private (ModelState State, List<ReservedJob> Answer) Give(ModelState state, ReserveRequest request, IEnumerable<(RunId Run, int Number)> places)
    {
        var given = new List<ReservedJob>();
        foreach (var (run, number) in places)
        {
            var job = state.Job(run, number)!;
            job = job with { Status = JobStatus.Started, Attempt = job.Attempt + 1, Lease = job.Lease + 1, StartedAt = state.Now, Worker = request.Worker };
            state = state.With(run, number, job);
            var lease = new JobLease(run, number, request.Worker, job.Lease);
            var wanted = request.Types.First(type => type.Name == job.Type).Inputs;
            given.Add(new ReservedJob(
                lease, JobId.For(run, number), job.Type, state.Run(run)!.Graph, state.Run(run)!.Key, job.Attempt, job.Losses, job.Args, InputsOf(state.Run(run)!, job, wanted)));
        }

        return (state, given);
    }

    private bool IsReady(ModelState state, ModelJob job) =>
        (job.Status == JobStatus.Unstarted || (Has(Flaw.HeldReserved) && job.Status == JobStatus.Started))
        && (job.Waiting == 0 || Has(Flaw.WaitingIgnored))
        && (job.RunAt <= state.Now || Has(Flaw.DueIgnored));

    private static bool HoldsLosses(ModelState state, WorkerId worker) =>
        state.Jobs.Any(place => place.Job is { Status: JobStatus.Started, Losses: > 0 } job && job.Worker == worker);

    private static IEnumerable<(RunId Run, int Number, ModelJob Job)> InOrder(IEnumerable<(RunId Run, int Number, ModelJob Job)> places) =>
        places.OrderBy(place => place.Job.RunAt).ThenBy(place => place.Run.Number).ThenBy(place => place.Number);

    // Of two dependencies of one type neither is meant.
    private static Dictionary<string, string?> InputsOf(ModelRun run, ModelJob job, IReadOnlyList<string> wanted) =>
        job.Dependencies.Select(number => run.Jobs[number]).Where(dependency => wanted.Contains(dependency.Type))
            .GroupBy(dependency => dependency.Type, StringComparer.Ordinal).Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().Result, StringComparer.Ordinal);
}
