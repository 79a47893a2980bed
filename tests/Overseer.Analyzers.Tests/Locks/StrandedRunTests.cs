using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>OVS601: changes that leave stored jobs without a handler, or a handler without what it takes.</summary>
public sealed class StrandedRunTests
{
    private const string Pair = """
        [JobType("load")] class Load { public int Process() => 1; }
        [JobType("show"), DependsOn<Load>] class Show { public void Process(int rows) { } }
        """;

    [Fact]
    public async Task OVS601_a_job_type_that_is_renamed()
    {
        var after = Pair.Replace("\"load\"", "\"fetch\"", StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(Pair, after, "OVS601: \"load\""));
        Assert.Equal("Job type 'load' is stored, and nobody handles it now; if Load handles them now, say [JobType(\"fetch\", Formerly = [\"load\"])]; else keep the old handler with Retired = true", message);
    }

    [Theory]
    [InlineData("[JobType(\"b\")] class B { public void Process(string args) { } }", true)]
    [InlineData("[JobType(\"b\")] class B { public void Process(string args) { } } [JobType(\"c\")] class C { public void Process(string args) { } }", false)]
    [InlineData("[JobType(\"b\")] class B { public void Process(string args) { } } [JobType(\"c\")] class C { public void Process(int args) { } }", true, "C")]
    public async Task OVS601_names_who_probably_took_the_place(string after, bool isNamed, string successor = "B")
    {
        var message = Assert.Single(await Checked.ChangedAsync("[JobType(\"a\")] class A { public void Process(int args) { } }", after, "OVS601: \"a\""));
        Assert.Equal(isNamed, message.Contains($"if {successor} handles them now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OVS601_is_told_beside_warnings()
    {
        var after = Pair.Replace("\"load\"", "\"fetch\"", StringComparison.Ordinal).Replace("DependsOn<Load>", "DependsOn<Load>, {|OVS203:DependsOn<Load>|}", StringComparison.Ordinal);
        await Checked.ChangedAsync(Pair, after, "OVS601: \"load\"");
    }

    [Fact]
    public async Task OVS601_a_handler_that_is_gone()
    {
        var message = Assert.Single(await Checked.ChangedAsync(Pair, """[JobType("load")] class Load { public int Process() => 1; }""", "OVS601: \"show\""));
        Assert.Equal("Job type 'show' is stored, and nobody handles it now; keep it with Retired = true, or take it out of overseer.lock.json once no stored run has a job of it", message);
    }

    [Fact]
    public async Task OVS601_a_former_name_that_is_dropped()
    {
        var before = Pair.Replace("\"load\"", "\"load\", Formerly = [\"read\", \"get\"]", StringComparison.Ordinal);
        var after = Pair.Replace("\"load\"", "\"load\", Formerly = [\"get\"]", StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(before, after, "OVS601: \"load\""));
        Assert.StartsWith("Job type 'read' is a former name of 'load', which no handler takes any more; keep it in Formerly", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{|OVS601:DependsOn<Mid>|}]")]
    [InlineData("[{|OVS601:DependsOn(typeof(Mid))|}]")]
    [InlineData("[DependsOn<Load>, {|OVS601:DependsOn<Mid>|}]")]
    [InlineData("[DependsOn(typeof(Load), {|OVS601:typeof(Mid)|})]")]
    public async Task OVS601_a_new_dependency_whose_result_is_taken(string attributes)
    {
        const string Before = """
            [JobType("load")] class Load { public void Process() { } }
            [JobType("mid"), DependsOn<Load>] class Mid { public int Process() => 1; }
            [JobType("show"), DependsOn<Load>] class Show { public void Process() { } }
            """;
        var after = $$"""
            [JobType("load")] class Load { public void Process() { } }
            [JobType("mid")] class Mid { public int Process() => 1; }
            [JobType("show")] {{attributes}} class Show { public void Process(int rows) { } }
            """;
        var message = Assert.Single(await Checked.ChangedAsync(Before, after));
        Assert.Equal("Show takes the result of 'mid', which stored jobs of 'show' do not depend on; give it a job type of its own, and keep the old handler with Retired = true", message);
    }

    [Fact]
    public async Task OVS601_a_result_that_is_taken_where_there_was_none()
    {
        var before = Pair.Replace("int Process() => 1", "void Process() { }", StringComparison.Ordinal).Replace("{ };", "{ }", StringComparison.Ordinal).Replace("int rows", "", StringComparison.Ordinal);
        var after = Pair.Replace("DependsOn<Load>", "{|OVS601:DependsOn<Load>|}", StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(before, after));
        Assert.StartsWith("Show takes the result of 'load', which gave none where stored jobs of 'show' depend on it; give it a job type of its own", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public {|OVS601:void|} Process() { }")]
    [InlineData("public {|OVS601:Task|} ProcessAsync() => Task.CompletedTask;")]
    public async Task OVS601_a_result_that_is_taken_and_goes_away(string stage)
    {
        var after = Pair.Replace("public int Process() => 1;", stage, StringComparison.Ordinal).Replace("int rows", "", StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(Pair, after));
        Assert.Equal("Load gives no result any more, and workers of the last build take one of 'load' for 'show'; go on giving it for one release in which nobody takes it, and update overseer.lock.json in between", message);
    }

    [Fact]
    public async Task OVS601_is_silent_for_a_result_that_nobody_took()
    {
        var before = Pair.Replace("int rows", "", StringComparison.Ordinal);
        await Checked.ChangedAsync(before, before.Replace("int Process() => 1;", "void Process() { }", StringComparison.Ordinal), "OVS603");
    }

    [Fact]
    public async Task OVS601_a_job_of_a_library_that_nobody_handles_now()
    {
        const string App = """[JobType("show"), DependsOn<Load>] class Show { public void Process() { } }""";
        var before = Checked.Library("Lib", """[JobType("load")] public class Load { public void Process() { } }""");
        var after = Checked.Library("Lib", """[JobType("fetch")] public class Load { public void Process() { } }""");
        var locked = new LockText(Checked.Lock([App], before));
        var message = Assert.Single(await Checked.LockedAsync([locked], [App], [after], "OVS601: \"load\""));
        Assert.Equal("Job type 'load' is stored in runs of 'Show', and nobody handles it now; reference the library that handles it, or keep its name in the Formerly of another handler", message);
    }

    [Fact]
    public async Task OVS601_a_handler_of_a_library_that_takes_what_stored_runs_lack()
    {
        const string App = """[JobType("end"), DependsOn<Show>] class End { public void Process() { } }""";
        const string Load = """[JobType("load")] public class Load { public int Process() => 1; }""";
        var before = Checked.Library("Lib", Load, """[JobType("show")] public class Show { public void Process() { } }""");
        var after = Checked.Library("Lib", Load, """[JobType("show"), DependsOn<Load>] public class Show { public void Process(int rows) { } }""");
        await Checked.LockedAsync([new LockText(Checked.Lock([App], before))], [App], [after], "OVS601: \"show\"");
    }

    [Theory]
    [InlineData("""[JobType("fetch", Formerly = ["load"])] class Fetch { public int Process() => 1; } [JobType("show"), DependsOn<Fetch>] class Show { public void Process(int rows) { } }""")]
    [InlineData("""[JobType("load", Retired = true)] class Load { public int Process() => 1; } [JobType("show", Retired = true), DependsOn<Load>] class Show { public void Process(int rows) { } }""")]
    [InlineData("""namespace Other { [JobType("load")] class Fetch { public int Process() => 1; } [JobType("show"), DependsOn<Fetch>] class View { public void Process(int rows) { } } }""")]
    [InlineData("""[JobType("load")] class Load { public int Process() => 1; } [JobType("show")] class Show { public void Process() { } }""")]
    [InlineData("""[JobType("load")] class Load { public int Process() => 1; } [JobType("new")] class New { public int Process() => 1; } [JobType("show"), DependsOn<Load>, DependsOn<New>] class Show { public void Process([ResultOf<Load>] int rows) { } }""")]
    [InlineData("""[JobType("load")] class Load { public int Process() => 1; } [JobType("show"), DependsOn<Load>] class Show { public string Process(int rows) => ""; } [JobType("tell"), DependsOn<Show>] class Tell { public void Process() { } }""")]
    public async Task OVS601_is_silent_where_stored_runs_can_go_on(string after) => Assert.DoesNotContain("nobody", Assert.Single(await TryAsync(after)), StringComparison.Ordinal);

    [Fact]
    public async Task OVS601_is_silent_where_nothing_changed() => await Checked.ChangedAsync(Pair, Pair);

    [Fact]
    public async Task OVS601_is_silent_for_a_new_result_that_only_new_jobs_take()
    {
        const string Before = "[JobType(\"load\")] class Load { public void Process() { } } [JobType(\"show\"), DependsOn<Load>] class Show { public void Process() { } }";
        var after = Before.Replace("public void Process() { } } [JobType(\"show\")", "public int Process() => 1; } [JobType(\"tell\"), DependsOn<Load>] class Tell { public void Process(int rows) { } } [JobType(\"show\")", StringComparison.Ordinal);
        Assert.EndsWith("because 'load' gives no result there, and 'tell' takes one", Assert.Single(await Checked.ChangedAsync(Before, after, "OVS603")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS601_a_result_of_a_library_that_begins_to_be_given_and_taken()
    {
        const string App = """[JobType("show"), DependsOn<Load>] class Show { public void Process() { } }""";
        var (before, after) = (Checked.Library("Lib", """[JobType("load")] public class Load { public void Process() { } }"""), Checked.Library("Lib", """[JobType("load")] public class Load { public int Process() => 1; }"""));
        var taking = App.Replace("DependsOn<Load>", "{|OVS601:DependsOn<Load>|}", StringComparison.Ordinal).Replace("Process()", "Process(int rows)", StringComparison.Ordinal);
        await Checked.LockedAsync([new LockText(Checked.Lock([App], before))], [taking], [after]);
        await Checked.LockedAsync([new LockText(Checked.Lock([App], after))], [taking.Replace("{|OVS601:DependsOn<Load>|}", "DependsOn<Load>", StringComparison.Ordinal)], [after], "OVS603");
    }

    [Fact]
    public async Task OVS601_a_result_of_a_library_that_is_taken_and_goes_away()
    {
        const string App = """[JobType("show"), DependsOn<Load>] class Show { public void Process(int rows) { } }""";
        var (before, after) = (Checked.Library("Lib", """[JobType("load")] public class Load { public int Process() => 1; }"""), Checked.Library("Lib", """[JobType("load")] public class Load { public void Process() { } }"""));
        await Checked.LockedAsync([new LockText(Checked.Lock([App], before))], [App.Replace("int rows", "", StringComparison.Ordinal)], [after], "OVS601: \"show\"");
    }

    [Fact]
    public async Task OVS601_is_silent_where_a_handler_went_to_a_library()
    {
        var library = Checked.Library("Lib", """[JobType("load")] public class Load { public int Process() => 1; }""");
        await Checked.LockedAsync([new LockText(Checked.Lock([Pair]))], ["""[JobType("show"), DependsOn<Load>] class Show { public void Process(int rows) { } }"""], [library], "OVS603");
    }

    [Fact]
    public async Task OVS601_is_silent_while_something_else_is_wrong() =>
        await Checked.ChangedAsync(Pair, """[JobType("load")] class {|OVS104:Load|} { } [JobType("view"), DependsOn<Load>] class View { public void Process() { } }""");

    private static Task<IReadOnlyList<string>> TryAsync(string after) => Checked.ChangedAsync(Pair, after, "OVS603");
}
