using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Overseer.Sql.Tests;

public sealed class SqlTests
{
    private static readonly string[] PutTogether =
    [
        """void F(NpgsqlConnection c, string name) => new NpgsqlCommand($"select * from {name}", c);""",
        """void F(NpgsqlConnection c, string name) => new NpgsqlCommand("select * from " + name, c);""",
        """void F(NpgsqlConnection c, int name) => new NpgsqlCommand(string.Format("select {0}", name), c);""",
        """void F(NpgsqlConnection c, int name) => new NpgsqlCommand(new System.Text.StringBuilder("select ").Append(name).ToString(), c);""",
        """void F(NpgsqlCommand c, string name) => c.CommandText = "select " + name;""",
        """void F(NpgsqlCommand c, string name) => c.CommandText += name;""",
        """object F(string name) => new NpgsqlCommand { CommandText = $"select {name}" };""",
        """object F(string name) => new NpgsqlBatchCommand($"select {name}");""",
        """object F(NpgsqlDataSource s, string name) => s.CreateCommand($"select {name}");""",
        """object F(NpgsqlConnection c, string name) => c.BeginBinaryImport($"COPY {name} FROM STDIN (FORMAT binary)");""",
        """object F(NpgsqlTransaction t, int n) => t.SaveAsync($"s{n}");""",
        """object F(System.Data.Common.DbCommand c, string name) => c.CommandText = $"select {name}";""",
        """object F(PostgresDatabase d, NpgsqlConnection c, string name) => d.Command(c, $"select * from overseer.{name}");""",
        """object F(PostgresDatabase d, NpgsqlConnection c, string name) => new NpgsqlCommand(d.Schema.Of($"select * from overseer.{name}"), c);""",
        """object F(NpgsqlConnection c, string name) { var sql = "select 1"; if (name != "") sql = $"select {name}"; return new NpgsqlCommand(sql, c); }""",
        """object F(NpgsqlConnection c, string name) { var sql = "select 1"; sql += name; return new NpgsqlCommand(sql, c); }""",
        """object F(NpgsqlConnection c, bool b, string name) => new NpgsqlCommand(b ? "select 1" : $"select {name}", c);""",
        """object F(NpgsqlConnection c, string name) => new NpgsqlCommand(name switch { "a" => "select 1", _ => name + " x" }, c);""",
        """object F(NpgsqlConnection c) => new NpgsqlCommand(Other, c);""",
        """object F(NpgsqlConnection c) => new NpgsqlCommand(Field, c);""",
        """object F(NpgsqlConnection c, string[] parts) => new NpgsqlCommand(parts[0], c);""",
        """object F(NpgsqlConnection c, int n) => G(c, $"select {n}"); static object G(NpgsqlConnection c, string text) => H(c, text); static object H(NpgsqlConnection c, string text) => new NpgsqlCommand(text, c);""",
        """object F(NpgsqlConnection c) => (System.Func<string, object>)(text => new NpgsqlCommand(text, c));""",
        """object F(NpgsqlConnection c) => (System.Func<string, object>)G; static object G(string text) => new NpgsqlCommand(text);""",
        """object F(NpgsqlConnection c) => (System.Func<string, object>)new NpgsqlDataSourceBuilder("").Build().CreateCommand;""",
        """object F(NpgsqlConnection c, string name) => new NpgsqlCommand(new Lookalike.SchemaName().Of(name), c);""",
        """public static object F(NpgsqlConnection c, string sql) => new NpgsqlCommand(sql, c);""",
    ];

    private static readonly string[] Constant =
    [
        """object F(NpgsqlConnection c) => new NpgsqlCommand("select 1", c);""",
        """object F(NpgsqlConnection c) => new NpgsqlCommand($"select * from {Table}" + " limit 1", c);""",
        """object F(PostgresDatabase d, NpgsqlConnection c) => new NpgsqlCommand(d.Schema.Of($"select * from overseer.{Table}"), c);""",
        """object F(PostgresDatabase d, NpgsqlConnection c, bool b) { var sql = b ? "select 1" : WorkerSql.Find; return d.Command(c, sql); }""",
        """object F(NpgsqlConnection c) => G(c, "select 1"); static object G(NpgsqlConnection c, string text) => new NpgsqlCommand(text, c);""",
    ];

    private static readonly Lazy<SqlCheck> Added = new(() => SqlCheck.Of(Sources.Compile("Overseer.Postgres", [.. PutTogether.Concat(Constant).Select(AsFile), Lookalike])));

    private const string Lookalike = "namespace Lookalike { internal sealed class SchemaName { public string Of(string text) => text; } }";

    public static TheoryData<int> PutTogetherPlaces => [.. Enumerable.Range(0, PutTogether.Length)];

    public static TheoryData<int> ConstantPlaces => [.. Enumerable.Range(PutTogether.Length, Constant.Length)];

    public static TheoryData<string> Projects => [.. Sources.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_SQL_text_of_the_sources_is_a_constant_save_the_name_of_the_schema(string project)
    {
        var check = SqlCheck.Of(Sources.Compile(project));
        Assert.Empty(check.Problems);
        Assert.True(check.Texts >= (project is "Overseer.Postgres" ? 60 : project is "Overseer.Sqlite" ? 40 : 0), $"Only {check.Texts} statements were found.");
    }

    [Theory]
    [MemberData(nameof(PutTogetherPlaces))]
    public void SQL_that_is_put_together_is_found(int place) => Assert.Contains(Added.Value.Problems, problem => problem.StartsWith($"more{place}:", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(ConstantPlaces))]
    public void A_constant_passes(int place) => Assert.DoesNotContain(Added.Value.Problems, problem => problem.StartsWith($"more{place}:", StringComparison.Ordinal));

    [Fact]
    public void Migrations_are_made_of_embedded_files_only()
    {
        foreach (var project in (string[])["Overseer.Postgres", "Overseer.Sqlite"])
        {
            var made = Sources.Parse(project).SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
                .Where(creation => creation.Type.ToString() == "Migration");
            Assert.Equal("reader.ReadToEnd()", Assert.Single(made).ArgumentList!.Arguments[2].ToString());
        }
    }

    private static string AsFile(string member, int place) =>
        $$"""
        using Npgsql;
        namespace Overseer.Postgres.Sql;
        internal static class Added{{place}}
        {
            private const string Table = "job";
            private static string Other => "select 1";
            private static readonly string Field = "select 1";
            {{(member.StartsWith("public", StringComparison.Ordinal) ? "" : "private static ")}}{{member}}
        }
        """;
}
