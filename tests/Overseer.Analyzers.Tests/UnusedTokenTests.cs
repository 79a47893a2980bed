using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS702: a token at hand that is not passed on.</summary>
public sealed class UnusedTokenTests
{
    private const string Help = """
        class Help
        {
            public Task LoadAsync(string name, CancellationToken token = default) => Task.CompletedTask;
            public static Task<T> GetAsync<T>(T value) => Task.FromResult(value);
            public static Task<T> GetAsync<T>(T value, CancellationToken stop) => Task.FromResult(value);
            public static Task TellAsync(JobContext job, CancellationToken token = default) => Task.CompletedTask;
            public static Task OldAsync() => Task.CompletedTask;
            [Obsolete("x")] public static Task OldAsync(CancellationToken token) => Task.CompletedTask;
            public static Task HideAsync() => Task.CompletedTask;
            private static Task HideAsync(CancellationToken token) => Task.CompletedTask;
            public static Task OtherAsync(int number) => Task.CompletedTask;
            public static Task OtherAsync(string text, CancellationToken token) => Task.CompletedTask;
            public static int Differ() => 1;
            public static Task<int> Differ(CancellationToken token) => Task.FromResult(1);
            public Task MineAsync() => Task.CompletedTask;
            public static Task MineAsync(Help help, CancellationToken token) => Task.CompletedTask;
            public static Task ManyAsync(params int[] numbers) => Task.CompletedTask;
        }
        static class Extend
        {
            public static Task<List<T>> ToListAsync<T>(this IEnumerable<T> items, CancellationToken token = default) => Task.FromResult(new List<T>(items));
        }

        """;

    private static string Stage(string body, string parameters = "CancellationToken token") => Help + $$"""
        [JobType("a")] class A(Help help) { public async Task Process({{parameters}}) { {{body}} await Task.Yield(); Console.WriteLine(help); } }
        """;

    [Theory]
    [InlineData("await help.{|OVS702:LoadAsync|}(\"x\");")]
    [InlineData("await help?.{|OVS702:LoadAsync|}(name: \"x\")!;")]
    [InlineData("await Help.{|OVS702:GetAsync|}(1);")]
    [InlineData("await Help.{|OVS702:GetAsync<string>|}(\"x\").ConfigureAwait(false);")]
    [InlineData("await new[] { 1 }.{|OVS702:ToListAsync|}();")]
    [InlineData("await Task.{|OVS702:Delay|}(10);")]
    [InlineData("await new StreamReader(\"x\").{|OVS702:ReadLineAsync|}();")]
    [InlineData("Func<Task> run = () => help.{|OVS702:LoadAsync|}(\"x\"); await run();")]
    [InlineData("await RunAsync(); Task RunAsync() => Help.{|OVS702:GetAsync|}(1);")]
    [InlineData("await {|OVS702:RunAsync|}(); Task RunAsync(CancellationToken stop = default) => Task.Delay(1, stop);")]
    [InlineData("try { await Task.{|OVS702:Delay|}(10); } catch (IOException) { }")]
    [InlineData("try { } finally { Console.WriteLine(1); } await Task.{|OVS702:Delay|}(TimeSpan.Zero);")]
    public async Task OVS702_a_call_that_could_take_it(string body)
    {
        var messages = await Checked.Async(Stage(body));
        Assert.EndsWith(" can be cancelled, and is not given the token at hand; pass token", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JobContext job", "job.CancellationToken")]
    [InlineData("JobContext @event, CancellationToken @class", "@class")]
    [InlineData("int args, JobContext @event", "@event.CancellationToken")]
    public async Task OVS702_tells_the_token_at_hand(string parameters, string token)
    {
        var messages = await Checked.Async(Stage("await Task.{|OVS702:Delay|}(10);", parameters));
        Assert.Equal($"Delay can be cancelled, and is not given the token at hand; pass {token}", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS702_a_lambda_has_a_token_of_its_own()
    {
        var messages = await Checked.Async(Stage("await Parallel.ForEachAsync(new[] { 1 }, token, static async (one, inner) => await Task.{|OVS702:Delay|}(one));"));
        Assert.EndsWith("pass inner", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS702_in_every_stage_and_in_a_harness() =>
        await Checked.Async("""
            [JobType("a")] partial class Größe { public Task PreProcess(CancellationToken t) => Task.{|OVS702:Delay|}(1); }
            partial class Größe { public ValueTask ProcessAsync(JobContext j) => new(Task.{|OVS702:Delay|}(1)); public async Task PostProcess(CancellationToken t) => await Task.{|OVS702:Delay|}(1); }
            class Wrap : IJobHarness
            {
                public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
                {
                    await Task.{|OVS702:Delay|}(1);
                    return await stage(job);
                }
            }
            """);

    [Theory]
    [InlineData("await help.LoadAsync(\"x\", token);")]
    [InlineData("await help.LoadAsync(\"x\", CancellationToken.None); await help.LoadAsync(\"x\", default); await Help.GetAsync(1, stop: default);")]
    [InlineData("using var limit = new CancellationTokenSource(); await Task.Delay(1, limit.Token);")]
    [InlineData("await Help.OldAsync(); await Help.HideAsync(); await Help.OtherAsync(1); Help.Differ(); await help.MineAsync(); await Help.ManyAsync(1, 2);")]
    [InlineData("Console.WriteLine(1); var text = string.Join(\",\", 1, 2); await Task.CompletedTask;")]
    public async Task OVS702_is_silent_where_a_token_is_passed_or_none_can_be(string body) => await Checked.Async(Stage(body));

    [Theory]
    [InlineData("try { await Task.Yield(); } finally { await help.LoadAsync(\"x\"); }")]
    [InlineData("try { await Task.Yield(); } catch (IOException) { await help.LoadAsync(\"x\"); }")]
    [InlineData("using var _ = token.Register(() => help.LoadAsync(\"x\"));")]
    [InlineData("await Task.CompletedTask.ContinueWith(done => { }, TaskScheduler.Default);")]
    [InlineData("await Task.CompletedTask.ContinueWith(done => { });")]
    [InlineData("System.Linq.Expressions.Expression<Func<Task>> shape = () => Help.GetAsync(1);")]
    [InlineData("Func<Task> run = static () => Task.Delay(1); await run();")]
    [InlineData("await RunAsync(); static Task RunAsync() => Task.Delay(1);")]
    public async Task OVS702_is_silent_where_the_token_must_not_or_cannot_be_used(string body) => await Checked.Async(Stage(body));

    [Fact]
    public async Task OVS702_is_silent_where_the_job_is_passed() =>
        await Checked.Async(Stage("await Help.TellAsync(job);", "JobContext job, CancellationToken token"));

    [Fact]
    public async Task OVS702_is_silent_without_a_token_and_outside_of_stages() =>
        await Checked.Async(Help + """
            [JobType("a")] class A { public Task Process(int args) => Task.Delay(args); public Task HelpAsync(CancellationToken token) => Task.Delay(1); }
            class Plain { public Task Process(CancellationToken token) => Task.Delay(1); public Task InvokeAsync(JobContext job) => Task.Delay(1); }
            """);
}
