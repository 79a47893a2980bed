using System.Text.Json;

namespace Overseer.Faults;

/// <summary>Shapes of runs.</summary>
internal static class Graphs
{
    /// <summary>Layers of jobs, each of which depends on up to three of the layer before and works for up to so many milliseconds.</summary>
    public static JobGraph Layers(Random random, int layers, int width, int longest, string? key = null, Func<int, string>? act = null, int maxAttempts = 1)
    {
        var builder = new JobGraphBuilder("layers");
        var number = 0;
        Job[] before = [];
        for (var layer = 0; layer < layers; layer++)
        {
            Job[] current = [.. Enumerable.Range(0, width).Select(_ => builder.Add(New(random.Next(0, longest + 1), act?.Invoke(number++) ?? "", maxAttempts)))];
            foreach (var job in current)
            {
                foreach (var dependency in before.Length == 0 ? [] : Enumerable.Range(0, 3).Select(_ => before[random.Next(before.Length)]).Distinct()) builder.DependsOn(job, dependency);
            }

            before = current;
        }

        return builder.Build(key);
    }

    public static JobGraph One(int milliseconds = 0, string act = "", string? key = null, string type = StepJob.Type) => JobGraph.Of([New(milliseconds, act, 1, type)], key);

    /// <summary>Jobs that depend on nothing.</summary>
    public static JobGraph Loose(int jobs, int milliseconds = 0, string act = "", string? key = null) => JobGraph.Of([.. Enumerable.Range(0, jobs).Select(_ => New(milliseconds, act, 1))], key);

    /// <summary>Jobs that depend on nothing, each with its act.</summary>
    public static JobGraph Acts(IEnumerable<string> acts, int maxAttempts = 1) => JobGraph.Of([.. acts.Select(act => New(0, act, maxAttempts))]);

    /// <summary>A chain of jobs whose ids the client has chosen.</summary>
    public static JobGraph Named(int jobs, string key)
    {
        var builder = new JobGraphBuilder("named");
        Job? before = null;
        for (var i = 0; i < jobs; i++)
        {
            var job = builder.Add(Job.FromJson(StepJob.Type, JsonSerializer.Serialize(new StepArgs(0)), $"{key}/{i}"));
            if (before is not null) builder.DependsOn(job, before);
            before = job;
        }

        return builder.Build(key);
    }

    /// <summary>Each depends on the one before.</summary>
    public static JobGraph Chain(int jobs, int milliseconds = 0, string? key = null)
    {
        var builder = new JobGraphBuilder("chain");
        Job? before = null;
        for (var i = 0; i < jobs; i++)
        {
            var job = builder.Add(New(milliseconds, "", 1));
            if (before is not null) builder.DependsOn(job, before);
            before = job;
        }

        return builder.Build(key);
    }

    /// <summary>One job that depends on all the others.</summary>
    public static JobGraph Join(int dependencies, int milliseconds = 0, Func<int, string>? act = null, string? key = null)
    {
        var builder = new JobGraphBuilder("join");
        Job[] all = [.. Enumerable.Range(0, dependencies).Select(i => builder.Add(New(milliseconds, act?.Invoke(i) ?? "", 1)))];
        var join = builder.Add(New(0, "", 1));
        foreach (var dependency in all) builder.DependsOn(join, dependency);
        return builder.Build(key);
    }

    /// <summary>Every job of the second half depends on every one of the first.</summary>
    public static JobGraph Bipartite(int first, int second, int milliseconds = 0, string? key = null)
    {
        var builder = new JobGraphBuilder("bipartite");
        Job[] dependencies = [.. Enumerable.Range(0, first).Select(_ => builder.Add(New(milliseconds, "", 1)))];
        for (var i = 0; i < second; i++)
        {
            var job = builder.Add(New(milliseconds, "", 1));
            foreach (var dependency in dependencies) builder.DependsOn(job, dependency);
        }

        return builder.Build(key);
    }

    public static Job New(int milliseconds, string act, int maxAttempts, string type = StepJob.Type) =>
        new(type) { Args = JsonSerializer.Serialize(new StepArgs(milliseconds, act)), MaxAttempts = maxAttempts };
}
