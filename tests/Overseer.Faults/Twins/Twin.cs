using Overseer.Postgres;

namespace Overseer.Faults;

/// <summary>A broken twin of the engine: the same without one of its guards. The checker has to notice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Which guard it lacks.</param>
/// <param name="Invariants">What the checker has to see broken: one of these.</param>
/// <param name="Scenario">The scenario that has to see it.</param>
/// <param name="Changes">What is replaced in statements, and by what; each has to be there.</param>
internal sealed record Twin(string Name, string Title, string[] Invariants, string Scenario, params (string Text, string By)[] Changes)
{
    /// <summary>Takes the guard out of all statements that this process makes from now on.</summary>
    public static void Remove(string name)
    {
        var twin = Find(name);
        SchemaName.Altered = sql => twin.Changes.Aggregate(sql.ReplaceLineEndings("\n"), (text, change) => text.Replace(change.Text, change.By, StringComparison.Ordinal));
    }

    /// <summary>Gives it back.</summary>
    public static void Restore() => SchemaName.Altered = null;

    public static Twin Find(string name) => Twins.All.SingleOrDefault(twin => twin.Name == name)
        ?? throw new ArgumentException($"There is no twin '{name}'. There are: {string.Join(", ", Twins.All.Select(twin => twin.Name))}.");
}
