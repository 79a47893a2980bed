using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Overseer.Postgres;

/// <summary>The schema of a store: statements are written for <c>overseer</c>, and say another name, quoted, where it has one.</summary>
internal sealed partial class SchemaName
{
    private readonly string quoted;

    private readonly ConcurrentDictionary<string, string> statements = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="ArgumentException">It is no name that a schema of a store may have.</exception>
    public SchemaName(string name)
    {
        if (!IsValid(name))
        {
            throw new ArgumentException(
                $"'{name}' is no name for the schema of a store. Use a lower-case letter or '_', then at most 47 lower-case letters, digits or '_'.", nameof(name));
        }

        Name = name;
        quoted = $"\"{name}\"";
    }

    public string Name { get; }

    /// <summary>Takes a guard out of the statements, in tests that show that its lack would be seen. Null otherwise.</summary>
    internal static Func<string, string>? Altered { get; set; }

    /// <summary>Listens on the channel that <c>pg_notify</c> is given in the statements: its name has quotes in it, and stands in quotes itself.</summary>
    public string Listen => $"""LISTEN "{quoted.Replace("\"", "\"\"", StringComparison.Ordinal)}.ready" """;

    public static bool IsValid(string name) => Grammar().IsMatch(name) && !name.StartsWith("pg_", StringComparison.Ordinal);

    /// <summary>A statement for this schema.</summary>
    public string Of(string sql) => statements.GetOrAdd(sql, static (text, schema) => Word().Replace(Altered?.Invoke(text) ?? text, schema), quoted);

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,47}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\boverseer\b", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
