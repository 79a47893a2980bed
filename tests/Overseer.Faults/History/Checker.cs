using System.Globalization;

namespace Overseer.Faults;

/// <summary>Joins what clients, workers and handlers wrote down with the store's own log and its state, and says which invariants do not hold.</summary>
/// <remarks>
/// The invariants: I1 a job finishes at most once, and leaves its end only by an operator's retry. I2 leases rise, and the one that finishes is the largest.
/// I3 a job starts after all its dependencies finished. I4 an insert that was answered is there whole, another one whole or not at all. I5 at rest every job
/// has ended and all counters equal their recount. I6 attempts and losses stay within their limits, and no attempt starts before its time. I7 an ending under
/// an older lease changes nothing. I8 what depends on a failed or aborted job never runs and is aborted. I9 a handler runs again only after its lease was lost or
/// given back, and once per lease. I10 a run key has one run. I11 no worker runs more handlers at once than it may, and no claim brings more than was asked for.
/// I12 is about schedules, which do not exist yet. I13 deadlocks reach nobody, and are counted. I14 after a fault, ready jobs start in time.
/// </remarks>
internal sealed partial class Checker
{
    private readonly List<Violation> violations = [];

    private readonly IReadOnlyList<HistoryEntry> history;

    private readonly IReadOnlyList<Transition> transitions;

    private readonly StoredState state;

    private readonly Expectations expected;

    private readonly Dictionary<(long Run, int No), List<Transition>> lives;

    private readonly HashSet<long> retried;

    private readonly HashSet<int> retired;

    private readonly HashSet<((long, int), long)> answered;

    public Checker(IReadOnlyList<HistoryEntry> history, IReadOnlyList<Transition> transitions, IReadOnlyDictionary<string, int> workers, StoredState state, Expectations expected)
    {
        this.history = history;
        this.transitions = transitions;
        this.state = state;
        this.expected = expected;
        lives = transitions.GroupBy(transition => transition.Job).ToDictionary(life => life.Key, life => life.ToList());
        retried = [.. history.Where(entry => entry.Op == "retry").Select(entry => entry.Lease)];
        retired = [.. history.Where(entry => entry.Op == "retire").Select(entry => workers.GetValueOrDefault(entry.Job))];
        answered = [.. history.Where(entry => entry.Op == "ended" && !entry.Result.EndsWith("stale", StringComparison.Ordinal)).Select(entry => (JobOf(entry.Job), entry.Lease))];
    }

    public IReadOnlyList<Violation> Check()
    {
        CheckLives();
        CheckOrder();
        CheckInserts();
        CheckState();
        CheckClosures();
        CheckHandlers();
        CheckAnswers();
        return violations;
    }

    private static (long Run, int No) JobOf(string id)
    {
        var parts = id.Split('-');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private void Violate(string invariant, string what) => violations.Add(new Violation(invariant, what));

    private void CheckLives()
    {
        foreach (var (job, life) in lives)
        {
            if (life.Count(transition => transition.To == JobStatus.Finished && transition.From != JobStatus.Finished) > 1) Violate("I1", $"{Name(job)} finished more than once: {Story(life)}");
            long last = 0;
            foreach (var step in life)
            {
                var isRetry = retried.Contains(step.Run) && step.From is JobStatus.Failed or JobStatus.Aborted && step.To == JobStatus.Unstarted;
                if (step.From is JobStatus.Finished or JobStatus.Failed or JobStatus.Aborted && step.To != step.From && !isRetry) Violate("I1", $"{Name(job)} left its end: {step}");
                if (step.Lease < step.LeaseBefore) Violate("I2", $"{Name(job)} has a smaller lease number than before: {step}");
                if (step.To == JobStatus.Started && step.Lease <= last) Violate("I2", $"{Name(job)} was given away under lease {step.Lease} after {last}: {step}");
                if (step.To == JobStatus.Started) last = step.Lease;
                if (step.To == JobStatus.Finished && step.Lease != last) Violate("I2", $"{Name(job)} finished under lease {step.Lease}, but {last} was the last one given: {step}");
                if (step.Attempt > step.MaxAttempts && step.To == JobStatus.Started) Violate("I6", $"{Name(job)} is at attempt {step.Attempt} of {step.MaxAttempts}: {step}");
                if (step.Losses > expected.LossLimit && expected.LossLimit > 0) Violate("I6", $"{Name(job)} has {step.Losses} losses of at most {expected.LossLimit}: {step}");
                if (step.To == JobStatus.Started && step.Losses >= expected.LossLimit && expected.LossLimit > 0) Violate("I6", $"{Name(job)} started after {step.Losses} losses of at most {expected.LossLimit}: {step}");
                if (expected.ClockIsSteady && step.To == JobStatus.Started && step.At < step.RunAt) Violate("I6", $"{Name(job)} started before its time, {step.RunAt:HH:mm:ss.fff}: {step}");
            }
        }

        foreach (var (job, life) in lives)
        {
            for (var i = 1; i < life.Count; i++)
            {
                if (life[i].To == JobStatus.Started && life[i - 1].To == JobStatus.Started) Violate("I2", $"{Name(job)} was given away twice: {life[i - 1]}, then {life[i]}");
            }

            foreach (var step in life) CheckCounts(job, step);
        }
    }

    // What becomes of a hold is counted once: as an attempt, or as a loss, a fault or a snooze instead; given back unharmed, as nothing.
    private void CheckCounts((long Run, int No) job, Transition step)
    {
        var (attempts, losses, tries) = (step.Attempt - step.AttemptBefore, step.Losses - step.LossesBefore, step.Tries - step.TriesBefore);
        switch (step)
        {
            case { To: JobStatus.Started } when attempts != 1 || losses != 0 || tries != 0:
                Violate("I6", $"{Name(job)} started, and its counts do not say so: {step}");
                break;
            case { From: JobStatus.Started, To: JobStatus.Unstarted } when (attempts, losses, tries) is not ((-1, 0, 0) or (-1, 1, 0) or (-1, 0, 1) or (0, 0, 0)):
                Violate("I6", $"{Name(job)} was put back, and its counts make no sense: {step}");
                break;
            case { From: JobStatus.Started, To: JobStatus.Unstarted, IsWorkerKnown: false } when losses == 0 && !retired.Contains(step.Worker!.Value) && !IsAnswered(job, step.LeaseBefore):
                Violate("I6", $"{Name(job)} was taken from a dead worker, and that is counted nowhere: {step}");
                break;
            case { IsLoss: true, IsWorkerKnown: true }:
                Violate("I9", $"{Name(job)} was taken from a worker that was alive: {step}");
                break;
        }
    }

    private bool IsAnswered((long Run, int No) job, long lease) => answered.Contains((job, lease));

    private void CheckOrder()
    {
        var finished = transitions.Where(step => step.To == JobStatus.Finished).GroupBy(step => step.Job).ToDictionary(group => group.Key, group => group.Min(step => step.Seq));
        var starts = transitions.Where(step => step.To == JobStatus.Started).GroupBy(step => step.Job).ToDictionary(group => group.Key, group => group.Min(step => step.Seq));
        foreach (var (run, dep, no) in state.Edges)
        {
            if (!starts.TryGetValue((run, no), out var start)) continue;
            if (!finished.TryGetValue((run, dep), out var finish) || finish > start) Violate("I3", $"{run}-{no} started before its dependency {run}-{dep} finished");
        }
    }

    private void CheckInserts()
    {
        var runs = state.Runs.ToDictionary(run => run.Id);
        var lost = 0;
        foreach (var answered in history.Where(entry => entry.Op == "inserted"))
        {
            var counts = answered.Result.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            if (!runs.TryGetValue(answered.Lease, out var run) || (answered.Job.Length > 0 && run.Key != answered.Job))
            {
                if (++lost > expected.MayLoseRuns) Violate("I4", $"run {answered.Lease} (key '{answered.Job}') was answered and is not there");
                continue;
            }

            if (run.Stored != counts[0] || run.Edges != counts[1]) Violate("I4", $"run {run.Id} has {run.Stored} jobs and {run.Edges} edges instead of {counts[0]} and {counts[1]}");
        }

        // A run that nobody was answered about is whole all the same.
        foreach (var run in state.Runs.Where(run => run.Stored != run.Jobs)) Violate("I4", $"run {run.Id} has {run.Stored} jobs of {run.Jobs}");
        foreach (var orphan in state.Orphans) Violate("I4", $"{orphan} is of no run");
        foreach (var key in state.Runs.Where(run => run.Key is not null).GroupBy(run => run.Key).Where(group => group.Count() > 1)) Violate("I10", $"{key.Count()} runs have the key '{key.Key}'");
    }

    private void CheckState()
    {
        foreach (var miscount in state.Miscounts) Violate("I5", miscount);
        if (!expected.MustBeQuiet) return;
        foreach (var job in state.Unended.Take(5)) Violate("I5", $"{job} has not ended");
        foreach (var (job, life) in lives)
        {
            if (state.Statuses.TryGetValue(job, out var status) && life[^1].To != status) Violate("I5", $"{Name(job)} is {status.ToWord()}, though the last that was heard of it is: {life[^1]}");
        }
    }

    private void CheckClosures()
    {
        foreach (var (run, dep, no) in state.Edges)
        {
            if (!state.Statuses.TryGetValue((run, dep), out var status) || status is not (JobStatus.Failed or JobStatus.Aborted)) continue;
            if (state.Statuses[(run, no)] != JobStatus.Aborted) Violate("I8", $"{run}-{no} is {state.Statuses[(run, no)].ToWord()}, though {run}-{dep}, on which it depends, is {status.ToWord()}");
        }
    }

    private static string Name((long Run, int No) job) => $"{job.Run}-{job.No}";

    private static string Story(IEnumerable<Transition> life) => string.Join("; ", life);
}
