using System.Globalization;

namespace Overseer.Postgres;

/// <summary>One step of the schema: <c>Migrations/NNNN_name.sql</c>. Never changed once it was shipped.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>All of them, in order; there are as many as the newest version says.</summary>
    public static IReadOnlyList<Migration> All { get; } =
        [.. typeof(Migration).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Load)];

    private static Migration Load(string name)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(name)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
