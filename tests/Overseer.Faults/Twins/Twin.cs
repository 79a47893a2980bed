using Overseer.Postgres;
using Overseer.Sqlite;

namespace Overseer.Faults;

/// <summary>A broken twin of the engine: the same without one of its guards. The checker has to notice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Which guard it lacks.</param>
/// <param name="Invariants">What the checker has to see broken: one of these; <c>scenario</c> if the scenario itself does.</param>
/// <param name="Scenario">The scenario that has to see it.</param>
/// <param name="Changes">What is replaced in statements, whatever their indentation, and by what. Each is in at least one statement.</param>
internal sealed record Twin(string Name, string Title, string[] Invariants, string Scenario, params (string Text, string By)[] Changes)
{
    /// <summary>What is changed in the schema.</summary>
    public string? Schema { get; init; }

    /// <summary>Takes the guard out of all statements that this process makes from now on.</summary>
    public static void Remove(string name) => SchemaName.Altered = SqliteSession.Altered = Find(name).Alter;

    /// <summary>Replaces something in all statements that this process makes from now on, beside what a twin replaces.</summary>
    public static void Replace(string text, string by)
    {
        var before = SchemaName.Altered;
        SchemaName.Altered = sql => (before?.Invoke(sql) ?? sql).Replace(text, by, StringComparison.Ordinal);
    }

    /// <summary>Gives it back.</summary>
    public static void Restore() => SchemaName.Altered = SqliteSession.Altered = null;

    public static Twin Find(string name) => Twins.All.SingleOrDefault(twin => twin.Name == name)
        ?? throw new ArgumentException($"There is no twin '{name}'. There are: {string.Join(", ", Twins.All.Select(twin => twin.Name))}.");

    /// <summary>The statement without the guard.</summary>
    public string Alter(string sql) => Changes.Aggregate(sql, (text, change) => Place(change.Text).Replace(text, change.By.Replace("$", "$$", StringComparison.Ordinal)));

    /// <summary>Where in a statement a text is, its white space being any.</summary>
    public static System.Text.RegularExpressions.Regex Place(string text) =>
        new(string.Join(@"\s+", text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(System.Text.RegularExpressions.Regex.Escape)));
}
