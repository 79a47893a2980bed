namespace Overseer.Generators.Lock;

/// <summary>Whether workers of the build that was locked can go on beside those of the new one.</summary>
internal static class OldWorkers
{
    /// <summary>What they could not do with runs that the new build stores; null if they can do all.</summary>
    public static string? FindTrouble(LockModel stored, LockModel now)
    {
        var shapes = new ShapeComparison(now, stored, isOlder: false);
        foreach (var job in now.Jobs)
        {
            if (job.Value.Inputs.FirstOrDefault(input => stored.Jobs.TryGetValue(input, out var producer) && producer.Result is null) is { } input) return $"'{input}' gives no result there, and '{job.Key}' takes one";
        }

        foreach (var job in stored.Jobs)
        {
            // They do not take jobs of a type that they do not know.
            if (!now.Jobs.TryGetValue(job.Key, out var next)) continue;
            if (job.Value.Args is { } args)
            {
                if (next.Args is null) return $"'{job.Key}' wants args there";
                if (shapes.Find(next.Args, args, $"the args of '{job.Key}'") is [var flaw, ..]) return Read(flaw);
            }

            foreach (var input in job.Value.Inputs)
            {
                if (!next.Inputs.Contains(input) && IsLost(now, job.Key, input)) return $"'{job.Key}' wants the result of '{input}' there";
            }

            if (job.Value.Result is { } result && next.Result is { } given && shapes.Find(given, result, $"the result of '{job.Key}'") is [var mismatch, ..]) return Read(mismatch);
        }

        return null;
    }

    private static bool IsLost(LockModel now, string job, string input) =>
        now.Graphs.Values.Any(graph => graph.Dependencies.TryGetValue(job, out var dependencies) && !dependencies.Contains(input));

    private static string Read(ShapeFinding flaw) => $"{flaw.Thing} cannot be read there";
}
