namespace Overseer.Faults;

/// <summary>The program of a client process: inserts one graph, under a key that is its own name.</summary>
internal static class FaultClient
{
    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        using var history = new HistoryFile(settings.History, settings.Name);
        if (settings.Twin is not null) Twin.Remove(settings.Twin);
        await using var store = TestStore.Open(settings.Store);
        var client = new OverseerClient(store, StepJob.Known());
        var graph = Graphs.Named(settings.Jobs, settings.Name);
        Console.WriteLine("inserting");
        var run = await client.TransactAsync(graph);
        history.Write("inserted", settings.Name, run.Id.Number, $"{graph.Jobs.Length} {graph.Edges.Length}");
        Console.WriteLine("inserted");
        return 0;
    }
}
