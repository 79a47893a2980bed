using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>CS0104: two attributes are named FromServices.</summary>
public sealed class QualifyFromServicesTests
{
    private const string Mvc = "namespace Microsoft.AspNetCore.Mvc { [AttributeUsage(AttributeTargets.Parameter)] public class FromServicesAttribute : Attribute; }";

    [Theory]
    [InlineData("[{|CS0104:FromServices|}]", "[Overseer.FromServices]")]
    [InlineData("[{|CS0104:FromServicesAttribute|}]", "[Overseer.FromServices]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.NotNull, /* it */ {|CS0104:FromServices|}]", "[System.Diagnostics.CodeAnalysis.NotNull, /* it */ Overseer.FromServices]")]
    public Task CS0104_says_which_attribute_is_meant(string before, string after) => Fixed.Async<QualifyFromServicesFix>(
        [Mvc, $$"""
        using Microsoft.AspNetCore.Mvc;

        [JobType("a")] class A { public void Process({{before}} TimeProvider clock) { } }
        """],
        [Mvc, $$"""
        using Microsoft.AspNetCore.Mvc;

        [JobType("a")] class A { public void Process({{after}} TimeProvider clock) { } }
        """],
        "Use [Overseer.FromServices]");

    [Fact]
    public Task CS0104_all_at_once_where_another_namespace_is_nearer() => Fixed.AllAsync<QualifyFromServicesFix>(
        [Mvc, """
        using Microsoft.AspNetCore.Mvc;

        namespace Acme.Overseer;

        [JobType("a")] class A { public void Process([{|CS0104:FromServices|}] TimeProvider clock, [{|CS0104:FromServices|}] Random random) { } }
        """],
        [Mvc, """
        using Microsoft.AspNetCore.Mvc;

        namespace Acme.Overseer;

        [JobType("a")] class A { public void Process([global::Overseer.FromServices] TimeProvider clock, [global::Overseer.FromServices] Random random) { } }
        """],
        iterations: 2);

    [Fact]
    public Task CS0104_nothing_is_offered_for_other_names() => Fixed.NotAsync<QualifyFromServicesFix>(
        "namespace Aside { public class JobTypeAttribute(string name) : Attribute { public string Name => name; } }",
        """
        using Aside;

        [{|CS0104:JobType|}("a")] class A;
        """);
}
