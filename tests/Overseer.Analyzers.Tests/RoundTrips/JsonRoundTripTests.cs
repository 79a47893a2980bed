using CsCheck;
using Xunit;

namespace Overseer.Analyzers.Tests.RoundTrips;

/// <summary>OVS305 is silent about a type exactly if System.Text.Json gives its value back.</summary>
public sealed class JsonRoundTripTests
{
    private static readonly (string Type, string Value)[] Wraps =
    [
        ("List<{0}>", "new List<{0}> {{ {1} }}"),
        ("Wrap<{0}>[]", "new[] {{ new Wrap<{0}>({1}) }}"),
        ("IReadOnlyList<{0}>", "new List<{0}> {{ {1} }}"),
        ("ImmutableArray<{0}>", "ImmutableArray.Create<{0}>({1})"),
        ("Dictionary<string, {0}>", "new Dictionary<string, {0}> {{ [\"a\"] = {1} }}"),
        ("(int, {0})", "(1, {1})"),
        ("Wrap<{0}>", "new Wrap<{0}>({1})"),
        ("Settable<{0}>", "new Settable<{0}> {{ Value = {1} }}"),
        ("Field<{0}>", "new Field<{0}> {{ Value = {1} }}"),
        ("Derived<{0}>", "new Derived<{0}> {{ Value = {1} }}"),
        ("Stack<{0}>", "new Stack<{0}>(new List<{0}> {{ {1}, default! }})"),
        ("Hiding<{0}>", "Hiding<{0}>.Of({1})"),
    ];

    private const string WrapDeclarations = """
        record Wrap<T>(T Value);
        class Settable<T> { public required T Value { get; set; } }
        class Field<T> { public T Value = default!; }
        class Derived<T> : Settable<T> { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Derived() { Value = default!; } public int Count { get; init; } }
        class Hiding<T> { public T Value { get; private set; } = default!; public static Hiding<T> Of(T value) => new() { Value = value }; }
        """;

    private static readonly JsonSpecimen[] Leaves = [.. JsonPool.All.Select(specimen => specimen with { Value = $"({specimen.Type})({specimen.Value})" })];

    private static readonly Gen<JsonSpecimen> Nested = Gen.Select(Gen.Int[0, Leaves.Length - 1], Gen.Int[0, Wraps.Length - 1].List[1, 3])
        .Select(chosen => chosen.Item2.Aggregate(Leaves[chosen.Item1], (inner, wrap) => Wrapped(inner, Wraps[wrap])));

    [Fact]
    public async Task Every_kind_of_type_is_judged_as_it_is() =>
        Assert.Empty(await new JsonSpecimens(JsonPool.All, JsonPool.All.Select(specimen => specimen.Declaration).Distinct()).FindDisagreementsAsync());

    // The same types every time, so that a run is red only by a change; the soak looks for others.
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("OVERSEER_SOAK") is "1";

    [Fact]
    public async Task Types_made_of_them_are_judged_as_they_are() =>
        await Nested.Array[200].SampleAsync(
            async chosen =>
            {
                var specimens = chosen.DistinctBy(specimen => specimen.Type).ToList();
                var found = await new JsonSpecimens(specimens, JsonPool.All.Select(specimen => specimen.Declaration).Distinct().Append(WrapDeclarations)).FindDisagreementsAsync();
                Assert.True(found.Count == 0, string.Join('\n', found));
            },
            seed: IsSoak ? null : "0N0XIzNsQ0O2",
            iter: IsSoak ? 40 : 4,
            threads: 1);

    private static JsonSpecimen Wrapped(JsonSpecimen inner, (string Type, string Value) wrap) => new(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, wrap.Type, inner.Type),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, wrap.Value, inner.Type, inner.Value));
}
