using System.Text.RegularExpressions;
using CsCheck;
using Overseer.Postgres;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class SchemaNameTests
{
    [Fact]
    public void A_name_of_a_schema_is_of_its_grammar_or_refused() =>
        Gen.OneOf(Texts.Any, Gen.String[Gen.Char["ab_09A\"'; -.\n"], 0, 6], Texts.One("a\"; drop table x;--", new string('s', 48), new string('s', 49), "overseer", "pg_a", "Jobs", "jöbs", "jobs\n", "a$1")).Sample(
            name =>
            {
                if (Regex.IsMatch(name, @"\A[a-z_][a-z0-9_]{0,47}\z") && !name.StartsWith("pg_", StringComparison.Ordinal))
                    Assert.Equal($"SELECT 1 FROM \"{name}\".job", new SchemaName(name).Of("SELECT 1 FROM overseer.job"));
                else
                    Assert.Contains("is no name for the schema of a store. Use a lower-case letter", Assert.Throws<ArgumentException>(() => new SchemaName(name)).Message, StringComparison.Ordinal);
            },
            iter: 5000, threads: 1);
}
