namespace Overseer.Simulation.Tests;

/// <summary>Visits every state that a world can come to, breadth first, and from each looks for a way to where all is done.</summary>
internal static class Explorer
{
    public static Exploration Explore<TState>(World<TState> world, int most = 3_000_000)
        where TState : IEquatable<TState>
    {
        var (numbers, states, ways) = (new Dictionary<TState, int>(), new List<TState>(), new List<(int From, string Step)>());
        var (befores, transitions) = (new List<List<int>>(), 0);
        Meet(world.Fold(world.Start), -1, "start");
        for (var at = 0; at < states.Count; at++)
        {
            if (world.FindBreach(states[at]) is { } wrong) return Broken(at, wrong);
            if (states.Count > most) throw new InvalidOperationException($"More than {most} states: the world has no bounds.");
            foreach (var step in world.StepsFrom(states[at]))
            {
                transitions++;
                var next = Meet(world.Fold(step.Next), at, step.Name);
                befores[next].Add(at);
                if (step.Breach is { } breach) return Broken(at, $"{step.Name}: {breach}");
            }
        }

        var done = Enumerable.Range(0, states.Count).Where(number => world.IsDone(states[number])).ToList();
        var (ends, pending) = (done.ToHashSet(), new Queue<int>(done));
        while (pending.TryDequeue(out var number))
        {
            foreach (var before in befores[number].Where(ends.Add)) pending.Enqueue(before);
        }

        return ends.Count == states.Count
            ? new Exploration(states.Count, transitions, done.Count, null)
            : Broken(Enumerable.Range(0, states.Count).First(number => !ends.Contains(number)), "from here there is no way to an end");

        int Meet(TState state, int from, string step)
        {
            if (numbers.TryGetValue(state, out var known)) return known;
            numbers.Add(state, states.Count);
            states.Add(state);
            ways.Add((from, step));
            befores.Add([]);
            return states.Count - 1;
        }

        Exploration Broken(int at, string what)
        {
            var steps = new List<string>();
            for (var number = at; number >= 0; number = ways[number].From) steps.Add(ways[number].Step);
            steps.Reverse();
            return new Exploration(states.Count, transitions, 0, $"{what} after {string.Join(", ", steps)}: {states[at]}");
        }
    }
}
