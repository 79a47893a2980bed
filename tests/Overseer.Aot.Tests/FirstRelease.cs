using Xunit;

namespace Overseer.Aot.Tests;

/// <summary>What the sample was when its first runs were stored.</summary>
internal static class FirstRelease
{
    private enum Vehicle
    {
        Train,
        Bicycle,
    }

    private sealed record Trip(string To, double Kilometres, Vehicle By);

    private sealed record Travel(string Name, IReadOnlyList<Trip> Trips);

    private sealed record Distances(IReadOnlyDictionary<Vehicle, double> Kilometres);

    private static JobHandlerMap Handlers { get; } = new JobHandlerMap()
        .With<Travel, Distances>("sum-up", (_, travel, _) => Task.FromResult(new Distances(travel.Trips.GroupBy(trip => trip.By).ToDictionary(group => group.Key, group => group.Sum(trip => trip.Kilometres)))))
        .With<Travel, string>("longest", (_, _, _) => Task.FromResult(""))
        .With<Travel, string>("write", (_, _, _) => Task.FromResult(""), new BoundDependency("sum-up", typeof(Distances)), new BoundDependency("longest", typeof(string)));

    /// <summary>Stores a run, and runs the job of the type that has another name since.</summary>
    public static async Task BeginAsync(string database, string key)
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = new SqliteJobStore(database);
        var run = await new OverseerClient(store, Handlers).TransactAsync(CreateTravelReport(key), token);
        await using var worker = await OverseerWorker.StartAsync(store, new JobHandlerMap(Handlers.Handlers.Where(handler => handler.Type == "sum-up")), cancellationToken: token);
        while ((await run.GetAsync(token)).Finished == 0) await store.WaitForChangeAsync(TimeSpan.FromMilliseconds(50), token);
    }

    private static JobGraph CreateTravelReport(string key)
    {
        Trip[] trips = [new("Bern", 57.5, Vehicle.Train), new("Jura", 83, Vehicle.Bicycle), new("Home", 140.5, Vehicle.Train)];
        var travel = new Travel("Ada", trips);
        var graph = new JobGraphBuilder("TravelReport");
        var longest = graph.Add(Job.Create("longest", travel));
        var sum = graph.Add(Job.Create("sum-up", travel));
        graph.Add(Job.Create("write", travel), longest, sum);
        return graph.Build(key);
    }
}
