using System.Text.Json.Serialization;
using AotWorker;
using Overseer;

[assembly: JobJson(typeof(TravelJson))]

namespace AotWorker;

public enum Vehicle
{
    Train,
    Bicycle,
}

// Runs that are stored under the names of the first release are still read: members, and a job type.
public sealed record Trip([WasNamed("To")] string Where, double Kilometres, Vehicle By);

public sealed record Travel([property: WasNamed("Name")] string Who, IReadOnlyList<Trip> Trips);

public sealed record Distances(IReadOnlyDictionary<Vehicle, double> Kilometres);

/// <summary>What the jobs store, described at compile time. The settings are those of stored JSON.</summary>
[JsonSerializable(typeof(Travel))]
[JsonSerializable(typeof(Distances))]
[JsonSourceGenerationOptions(
    IncludeFields = true,
    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
internal sealed partial class TravelJson : JsonSerializerContext;

[JobType("measure", Formerly = ["sum-up"])]
public sealed class Measure
{
    public Distances Process(Travel travel) =>
        new(travel.Trips.GroupBy(trip => trip.By).ToDictionary(group => group.Key, group => group.Sum(trip => trip.Kilometres)));
}

[JobType("longest")]
public sealed class Longest
{
    public string? Process(Travel travel) => travel.Trips.MaxBy(trip => trip.Kilometres)?.Where;
}

[JobType("write")]
[DependsOn<Measure>, DependsOn<Longest>]
[JobGraph("TravelReport")]
public sealed class Write
{
    public string Process(Travel travel, Distances distances, [ResultOf<Longest>] string? longest) =>
        $"{travel.Who}: {string.Join(", ", distances.Kilometres.OrderBy(entry => entry.Key).Select(entry => FormattableString.Invariant($"{entry.Value} km by {entry.Key}")))}; the longest way was to {longest}.";
}
