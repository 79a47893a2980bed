namespace Overseer;

/// <summary>How a Postgres store behaves.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>The schema that holds everything. Default: <c>overseer</c>. A lower-case letter or <c>_</c>, then at most 47 lower-case letters, digits or <c>_</c>; not beginning with <c>pg_</c>.</summary>
    public string Schema { get; set; } = "overseer";

    /// <summary>
    /// Whether idle workers are woken by the database (<c>LISTEN</c>), for which each process keeps one connection open. Default: true.
    /// Without it, and through a transaction pooler, ready jobs are found by polling alone.
    /// </summary>
    public bool Listen { get; set; } = true;

    /// <summary>Whether statements are prepared once per connection. Default: true. Set it to false behind a pooler that cannot keep them, such as PgBouncer before 1.21.</summary>
    public bool Prepare { get; set; } = true;
}
