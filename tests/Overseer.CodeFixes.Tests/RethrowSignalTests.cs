using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS701: a catch-all swallows what ends a job.</summary>
public sealed class RethrowSignalTests
{
    private static string Handler(string handlers) => $$"""
        [JobType("a")]
        class A
        {
            public void Process(JobContext job)
            {
                try
                {
                    Do(job);
                }
                {{handlers}}
            }

            static void Do(JobContext job) { }
        }
        """;

    [Theory]
    [InlineData(
        "{|OVS701:catch (Exception problem)|}\n        {\n            Console.WriteLine(problem);\n        }",
        "catch (Exception problem) when (problem is not (OverseerException or OperationCanceledException))\n        {\n            Console.WriteLine(problem);\n        }",
        "problem")]
    [InlineData("{|OVS701:catch|} // all\n        {\n        }", "catch (Exception exception) when (exception is not (OverseerException or OperationCanceledException)) // all\n        {\n        }", "exception")]
    [InlineData("{|OVS701:catch (System.Exception)|} { }", "catch (System.Exception exception) when (exception is not (OverseerException or OperationCanceledException)) { }", "exception")]
    [InlineData("{|OVS701:catch (Exception @event)|} when (true) { }", "catch (Exception @event) when (@event is not (OverseerException or OperationCanceledException)) { }", "@event")]
    [InlineData(
        "{|OVS701:catch|} { var exception = 1; Console.WriteLine(exception); }",
        "catch (Exception exception2) when (exception2 is not (OverseerException or OperationCanceledException)) { var exception = 1; Console.WriteLine(exception); }",
        "exception2")]
    public Task OVS701_a_filter_lets_it_pass(string before, string after, string name) => Fixed.Async<RethrowSignalFix>(
        Handler(before), Handler(after), $"Add when ({name} is not (OverseerException or OperationCanceledException))");

    [Theory]
    [InlineData(
        "{|OVS701:catch (Exception problem)|}\n        {\n            Console.WriteLine(problem);\n        }",
        "catch (OverseerException)\n        {\n            throw;\n        }\n        catch (OperationCanceledException)\n        {\n            throw;\n        }\n        catch (Exception problem)\n        {\n            Console.WriteLine(problem);\n        }")]
    [InlineData(
        "catch (OperationCanceledException) { }\n        {|OVS701:catch|} { } // all",
        "catch (OperationCanceledException) { }\n        catch (OverseerException)\n        {\n            throw;\n        }\n        catch { } // all")]
    public Task OVS701_a_clause_before_rethrows(string before, string after) => Fixed.Async<RethrowSignalFix>(
        Handler(before), Handler(after), "Rethrow what ends the job in a clause before", index: 1);

    [Fact]
    public Task OVS701_in_a_file_that_imports_neither_name() => Fixed.Async<RethrowSignalFix>(
        ["""
        namespace Acme.System.Overseer
        {
            class Outer
            {
                [global::Overseer.JobType("a")]
                internal class A
                {
                    public void Process(global::Overseer.JobContext job)
                    {
                        try { throw job.Abort("no"); } {|OVS701:catch|} { }
                    }
                }
            }

            class OverseerException;
        }
        """],
        ["""
        namespace Acme.System.Overseer
        {
            class Outer
            {
                [global::Overseer.JobType("a")]
                internal class A
                {
                    public void Process(global::Overseer.JobContext job)
                    {
                        try { throw job.Abort("no"); } catch (Exception exception) when (exception is not (global::Overseer.OverseerException or OperationCanceledException)) { }
                    }
                }
            }

            class OverseerException;
        }
        """],
        "Add when (exception is not (OverseerException or OperationCanceledException))");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public Task OVS701_all_at_once_and_in_each_other(int index) => Fixed.AllAsync<RethrowSignalFix>(
        ["""
        [JobType("a")]
        class A
        {
            public void Process(JobContext job)
            {
                try { Do(job); }
                {|OVS701:catch|}
                {
                    try { Do(job); }
                    {|OVS701:catch|} { }
                }
            }

            static void Do(JobContext job) { }
        }
        """],
        [index == 0
            ? """
            [JobType("a")]
            class A
            {
                public void Process(JobContext job)
                {
                    try { Do(job); }
                    catch (Exception exception) when (exception is not (OverseerException or OperationCanceledException))
                    {
                        try { Do(job); }
                        catch (Exception exception2) when (exception2 is not (OverseerException or OperationCanceledException)) { }
                    }
                }

                static void Do(JobContext job) { }
            }
            """
            : """
            [JobType("a")]
            class A
            {
                public void Process(JobContext job)
                {
                    try { Do(job); }
                    catch (OverseerException)
                    {
                        throw;
                    }
                    catch (OperationCanceledException)
                    {
                        throw;
                    }
                    catch
                    {
                        try { Do(job); }
                        catch (OverseerException)
                        {
                            throw;
                        }
                        catch (OperationCanceledException)
                        {
                            throw;
                        }
                        catch { }
                    }
                }

                static void Do(JobContext job) { }
            }
            """],
        iterations: 2, change: test => test.CodeActionIndex = index);

    [Theory]
    [InlineData("{ }", "{ throw; }")]
    [InlineData("{}", "{ throw; }")]
    [InlineData("{ Console.WriteLine(); }", "{ Console.WriteLine(); throw; }")]
    [InlineData("{ if (Environment.HasShutdownStarted) return; }", "{ if (Environment.HasShutdownStarted) return; throw; }")]
    [InlineData("{ Console.WriteLine(); return; }", "{ Console.WriteLine(); throw; }")]
    [InlineData("\n        {\n        }", "\n        {\n            throw;\n        }")]
    [InlineData("\n        {\n            // Why?\n        }", "\n        {\n            // Why?\n            throw;\n        }")]
    [InlineData("\n        {\n            Console.WriteLine(); // so\n        } // done", "\n        {\n            Console.WriteLine(); // so\n            throw;\n        } // done")]
    [InlineData("\n        {\n            return;\n        }", "\n        {\n            throw;\n        }")]
    public Task OVS701_a_clause_for_what_ends_the_job_rethrows_it(string before, string after)
    {
        static string Source(string clause) =>
            $"[JobType(\"a\")]\nclass A\n{{\n    public void Process(JobContext job)\n    {{\n        try {{ throw job.Abort(\"no\"); }}\n        {clause}\n    }}\n}}";
        return Fixed.Async<RethrowSignalFix>(Source("{|OVS701:catch (OverseerException)|}" + (before[0] == '\n' ? "" : " ") + before), Source("catch (OverseerException)" + (after[0] == '\n' ? "" : " ") + after), "Rethrow what ends the job");
    }

    [Fact]
    public Task OVS701_all_at_once_with_a_clause_for_what_ends_the_job_among_them() => Fixed.AllAsync<RethrowSignalFix>(
        [
            """[JobType("a")] class A { public void Process(JobContext job) { try { throw job.Abort("no"); } {|OVS701:catch (Exception e)|} { Console.WriteLine(e); } } }""",
            """[JobType("b")] class B { public void Process(JobContext job) { try { throw job.Abort("no"); } {|OVS701:catch (OverseerException)|} { } } }""",
        ],
        [
            """[JobType("a")] class A { public void Process(JobContext job) { try { throw job.Abort("no"); } catch (Exception e) when (e is not (OverseerException or OperationCanceledException)) { Console.WriteLine(e); } } }""",
            """[JobType("b")] class B { public void Process(JobContext job) { try { throw job.Abort("no"); } catch (OverseerException) { throw; } } }""",
        ],
        iterations: 2, documents: 2);

    [Fact]
    public Task OVS701_all_at_once_where_the_first_is_a_clause_for_what_ends_the_job() => Fixed.AllAsync<RethrowSignalFix>(
        [
            """[JobType("a")] class A { public void Process(JobContext job) { try { throw job.Abort("no"); } {|OVS701:catch (OverseerException)|} { } } }""",
            """
            [JobType("b")]
            class B
            {
                public void Process(JobContext job)
                {
                    try { throw job.Abort("no"); }
                    {|OVS701:catch (Exception)|} { }
                }
            }
            """,
        ],
        [
            """[JobType("a")] class A { public void Process(JobContext job) { try { throw job.Abort("no"); } catch (OverseerException) { throw; } } }""",
            """
            [JobType("b")]
            class B
            {
                public void Process(JobContext job)
                {
                    try { throw job.Abort("no"); }
                    catch (OverseerException)
                    {
                        throw;
                    }
                    catch (OperationCanceledException)
                    {
                        throw;
                    }
                    catch (Exception) { }
                }
            }
            """,
        ],
        iterations: 2, documents: 2, change: test => test.CodeActionEquivalenceKey = "OVS701 rethrow");

    [Fact]
    public Task OVS701_nothing_is_offered_where_a_throw_has_no_place() => Fixed.NotAsync<RethrowSignalFix>(
        """[JobType("a")] class A { public void Process(JobContext job) { try { throw job.Abort("no"); } {|OVS701:catch (OverseerException)|} { while (true) { } } } }""");
}
