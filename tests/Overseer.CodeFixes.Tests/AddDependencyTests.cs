using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS302: a parameter wants the result of a handler that is no dependency.</summary>
public sealed class AddDependencyTests
{
    private const string Extract = """
        namespace Sources;

        public sealed record Rows(int Count);

        [JobType("extract")]
        public sealed class Extract
        {
            public Rows Process() => new(1);
        }
        """;

    [Fact]
    public Task OVS302_the_dependency_is_added_below_the_job_type() => Fixed.Async<AddDependencyFix>(
        [Extract, """
        using Sources;

        namespace Reports;

        /// <summary>Cleans.</summary>
        [JobType("clean")] // the second step
        [JobGraph("Daily")]
        public sealed class Clean
        {
            public void Process(Rows {|OVS302:rows|}) { }
        }
        """],
        [Extract, """
        using Sources;

        namespace Reports;

        /// <summary>Cleans.</summary>
        [JobType("clean")] // the second step
        [DependsOn<Extract>]
        [JobGraph("Daily")]
        public sealed class Clean
        {
            public void Process(Rows rows) { }
        }
        """],
        "Add [DependsOn<Extract>]");

    [Fact]
    public Task OVS302_a_class_that_uses_typeof_only_goes_on_so() => Fixed.Async<AddDependencyFix>(
        [Extract, """
        namespace Reports
        {
            [JobType("load")] [DependsOn(typeof(Aside))]
            class Load
            {
                public void Process(Sources.Rows {|OVS302:rows|}) { }
            }

            [JobType("aside")]
            class Aside { public void Process() { } }
        }
        """],
        [Extract, """
        using Sources;

        namespace Reports
        {
            [JobType("load")] [DependsOn(typeof(Aside))] [DependsOn(typeof(Extract))]
            class Load
            {
                public void Process(Sources.Rows rows) { }
            }

            [JobType("aside")]
            class Aside { public void Process() { } }
        }
        """],
        "Add [DependsOn(typeof(Extract))]");

    [Fact]
    public Task OVS302_all_of_a_class_in_parts_with_nested_and_keyword_names() => Fixed.AllAsync<AddDependencyFix>(
        ["""
        namespace @namespace;

        record One(int X);
        record Two(int X);

        static class Outer
        {
            [JobType("one")]
            internal sealed class @class { public One Process() => new(1); }
            [JobType("two")]
            internal sealed class Second { public Two Process() => new(2); }
        }

        [JobType("both")]
        partial class Both;
        """, """
        namespace @namespace;

        partial class Both
        {
            public void Process(One {|OVS302:one|}, Two {|OVS302:two|}) { }
        }
        """],
        ["""
        namespace @namespace;

        record One(int X);
        record Two(int X);

        static class Outer
        {
            [JobType("one")]
            internal sealed class @class { public One Process() => new(1); }
            [JobType("two")]
            internal sealed class Second { public Two Process() => new(2); }
        }

        [JobType("both")]
        [DependsOn<Outer.@class>]
        [DependsOn<Outer.Second>]
        partial class Both;
        """, """
        namespace @namespace;

        partial class Both
        {
            public void Process(One one, Two two) { }
        }
        """],
        iterations: 2);

    [Fact]
    public Task OVS302_nothing_is_offered_that_would_make_a_cycle() => Fixed.NotAsync<AddDependencyFix>("""
        record Rows(int X);
        [JobType("clean")] class Clean { public void Process(Rows {|OVS302:rows|}) { } }
        [JobType("middle")] [DependsOn<Clean>] class Middle { public void Process() { } }
        [JobType("make")] [DependsOn<Middle>] class Make { public Rows Process() => new(1); }
        """);
}
