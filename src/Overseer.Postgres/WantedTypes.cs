using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>The job types of a request as the statements take them.</summary>
/// <param name="Types">Their numbers.</param>
/// <param name="WithInputs">For each input the type that asks for it.</param>
/// <param name="Inputs">The types of the inputs.</param>
/// <param name="Key">The same for the same types.</param>
internal sealed record WantedTypes(int[] Types, int[] WithInputs, int[] Inputs, string Key)
{
    public Dictionary<string, string?> NoInputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The types that ask for none.</summary>
    public int[] WithoutInputs { get; } = [.. Types.Except(WithInputs)];

    public static async ValueTask<WantedTypes> FindAsync(IReadOnlyList<ReserveType> types, NameBook names, CancellationToken cancellationToken)
    {
        await names.KnowTypesAsync(types.Select(type => type.Name).Concat(types.SelectMany(type => type.Inputs)), cancellationToken);
        int[] all = [.. types.Select(type => names.TypeOf(type.Name)).Distinct()];
        var pairs = types.SelectMany(type => type.Inputs, (type, input) => (Type: names.TypeOf(type.Name), Input: names.TypeOf(input))).Distinct().ToList();
        return Of(all, pairs);
    }

    public IEnumerable<WantedTypes> OneByOne() => Types.Select(type => Of([type], [.. WithInputs.Zip(Inputs).Where(pair => pair.First == type)]));

    private static WantedTypes Of(int[] types, List<(int Type, int Input)> pairs) =>
        new(types, [.. pairs.Select(pair => pair.Type)], [.. pairs.Select(pair => pair.Input)], string.Join(',', types));
}
