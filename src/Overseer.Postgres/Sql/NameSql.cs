namespace Overseer.Postgres.Sql;

internal static class NameSql
{
    public const string AddTypes =
        """
        INSERT INTO overseer.job_type (name)
        SELECT t.name
        FROM unnest($1::text[]) AS t (name)
        WHERE NOT EXISTS (SELECT FROM overseer.job_type AS k WHERE k.name = t.name)
        ORDER BY t.name
        ON CONFLICT (name) DO NOTHING
        """;

    public const string Types =
        """
        SELECT id, name
        FROM overseer.job_type
        WHERE name = ANY ($1)
        """;

    public const string TypesById =
        """
        SELECT id, name
        FROM overseer.job_type
        WHERE id = ANY ($1)
        """;

    public const string AddGraphs =
        """
        INSERT INTO overseer.graph (name, version)
        SELECT g.name, g.version
        FROM unnest($1::text[], $2::text[]) AS g (name, version)
        WHERE NOT EXISTS (SELECT FROM overseer.graph AS k WHERE k.name = g.name AND k.version = g.version)
        ORDER BY g.name, g.version
        ON CONFLICT (name, version) DO NOTHING
        """;

    public const string Graphs =
        """
        SELECT k.id, k.name, k.version
        FROM unnest($1::text[], $2::text[]) AS g (name, version)
        JOIN overseer.graph AS k ON k.name = g.name AND k.version = g.version
        """;

    public const string GraphsById =
        """
        SELECT id, name
        FROM overseer.graph
        WHERE id = ANY ($1)
        """;
}
