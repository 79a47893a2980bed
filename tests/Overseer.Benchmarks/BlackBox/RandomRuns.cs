using Overseer.Benchmarks.Contract;
using Overseer.Benchmarks.Jobs;

namespace Overseer.Benchmarks.BlackBox;

/// <summary>Runs of one shape, the same for the same seed.</summary>
internal sealed class RandomRuns(BenchStore store, BenchOptions options, Result result)
{
    // A pseudo-random number generator of its own, so that a seed means the same in every version of .NET.
    private ulong state = (ulong)options.Number("seed", 1) + 0x9E3779B97F4A7C15;

    private readonly Paced paced = new(options.Number("handler-ms", 0, 0, 3_600_000));

    public async Task InsertAsync()
    {
        var n = options.Number("n", 1000, 1);
        var shape = options.Text("shape", "single", "single", "chain", "fan", "layers");
        var graphs = new List<JobGraph>();
        var jobs = 0;
        while (jobs < n)
        {
            var graph = shape switch
            {
                "chain" => Layers(Next(2, 20), 1, 1),
                "fan" => Fan(Next(2, 100)),
                "layers" => Layers(Next(2, 5), Next(2, 8), 0.5),
                _ => JobGraph.Of(Job.Create(JobTypes.PacedJob, paced)),
            };
            graphs.Add(graph);
            jobs += graph.Jobs.Length;
        }

        await store.Store.InstallAsync();
        await new OverseerClient(store.Store, JobHandlers.All).TransactAsync(graphs);
        result.Add("jobs", jobs);
        result.Add("runs", graphs.Count);
    }

    private JobGraph Fan(int width)
    {
        var graph = new JobGraphBuilder("Fan");
        var centre = graph.Add(JobTypes.PacedJob, paced);
        Job[] rays = [.. Enumerable.Range(0, width).Select(_ => graph.Add(JobTypes.PacedJob, paced, centre))];
        graph.Add(JobTypes.PacedJob, paced, rays);
        return graph.Build();
    }

    /// <summary>Layers in which each job depends on some of the layer before, and on one at least.</summary>
    private JobGraph Layers(int depth, int width, double share)
    {
        var graph = new JobGraphBuilder("Layers");
        Job[] before = [];
        for (var layer = 0; layer < depth; layer++)
        {
            var here = new Job[width];
            for (var i = 0; i < width; i++)
            {
                here[i] = graph.Add(JobTypes.PacedJob, paced);
                if (before.Length == 0) continue;
                graph.DependsOn(here[i], before[Next(0, before.Length - 1)]);
                foreach (var dependency in before)
                {
                    if (Next(0, 999) < share * 1000) graph.DependsOn(here[i], dependency);
                }
            }

            before = here;
        }

        return graph.Build();
    }

    // xorshift64*, https://doi.org/10.1145/2845077
    private int Next(int least, int most)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return least + (int)((state * 0x2545F4914F6CDD1D >> 33) % (ulong)(most - least + 1));
    }
}
