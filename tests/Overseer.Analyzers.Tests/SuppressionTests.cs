using Xunit;

namespace Overseer.Analyzers.Tests;

public sealed class SuppressionTests
{
    [Fact]
    public async Task A_pragma_silences_the_line_it_stands_around() =>
        await Checked.Async("""
            class Plain;
            #pragma warning disable OVS201
            [JobType("a")] [DependsOn<Plain>] class A { public void Process() { } }
            #pragma warning restore OVS201
            [JobType("b")] [{|OVS201:DependsOn<Plain>|}] class B { public void Process() { } }
            """);

    [Fact]
    public async Task Nothing_is_said_in_a_project_without_handlers() => await Checked.Async("class Plain { public void Process() { } }");
}
