using Overseer.Model;
using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>What threads that used one store at once were answered, and whether some order explains it.</summary>
internal static class ParallelHistory
{
    /// <summary>Each list on a thread of its own, all from one start.</summary>
    public static Told[][] Record(IJobStore store, ModelEvent[][] threads)
    {
        var (count, told) = (0, threads.Select(verbs => new Told[verbs.Length]).ToArray());
        using var start = new Barrier(threads.Length);
        var running = threads.Select((verbs, index) => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < verbs.Length; i++)
            {
                var began = Interlocked.Increment(ref count);
                var answer = Caller.Show(Caller.AskAsync(store, verbs[i]).GetAwaiter().GetResult());
                told[index][i] = new Told(verbs[i], began, Interlocked.Increment(ref count), answer);
            }
        })).ToList();
        foreach (var thread in running) thread.Start();
        foreach (var thread in running) thread.Join();
        return told;
    }

    /// <summary>Whether the model gives the same answers and comes to the same end, if the verbs are carried out one by one in some order in which none that had ended comes after one that began later.</summary>
    public static bool IsLinearizable(StateMachine machine, ModelState state, Told[][] told, string end)
    {
        return Explain(state, new int[told.Length]);

        bool Explain(ModelState now, int[] next)
        {
            var firstEnd = told.Select((thread, index) => thread.Skip(next[index]).Select(verb => verb.Ended).FirstOrDefault(int.MaxValue)).Min();
            if (firstEnd == int.MaxValue) return Describe(now) == end;
            for (var index = 0; index < told.Length; index++)
            {
                if (next[index] == told[index].Length || told[index][next[index]] is var verb && verb.Began > firstEnd) continue;
                var (after, answer) = machine.Apply(now, verb.Verb);
                if (Caller.Show(answer) != verb.Answer) continue;
                int[] rest = [.. next];
                rest[index]++;
                if (Explain(after, rest)) return true;
            }

            return false;
        }
    }

    public static string Describe(ModelState state) => string.Join('\n', state.Jobs.Select(place => Caller.Show(state.Show(place.Run, place.Number))));

    public static async Task<string> DescribeAsync(IJobStore store, int runs)
    {
        var jobs = new List<Job>();
        for (var run = 1; run <= runs; run++) jobs.AddRange(await store.ListJobsAsync(new RunId(run)));
        return string.Join('\n', jobs.Select(Caller.Show));
    }
}
