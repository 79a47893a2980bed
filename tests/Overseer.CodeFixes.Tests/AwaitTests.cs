using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS703: a blocking wait becomes an <c>await</c>.</summary>
public sealed class AwaitTests
{
    private const string Help = """
        static class Help
        {
            public static Task<int> GetAsync() => Task.FromResult(1);
            public static ValueTask<string> GetTextAsync() => new("");
            public static Task DoAsync() => Task.CompletedTask;
            public static ReadOnlySpan<char> AsSpan(int number) => number.ToString();
        }
        """;

    private static string Stage(string body) => $$"""
        [JobType("a")]
        class A
        {
            public async Task Process(CancellationToken stop)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    private static string Handler(string members) => $$"""
        [JobType("a")]
        class A
        {
            {{members}}
        }
        """;

    [Theory]
    [InlineData("var number = {|OVS703:Help.GetAsync().Result|}; // one", "var number = await Help.GetAsync(); // one", "the task")]
    [InlineData("var text = {|OVS703:Help.GetTextAsync().Result|}.Length + -{|OVS703:Help.GetAsync().Result|};", "var text = (await Help.GetTextAsync()).Length + -await Help.GetAsync();", "the task")]
    [InlineData("{|OVS703:Help.DoAsync().Wait()|};", "await Help.DoAsync();", "the task")]
    [InlineData("{|OVS703:Help.DoAsync().Wait(stop)|};", "await Help.DoAsync().WaitAsync(stop);", "the task")]
    [InlineData("{|OVS703:Help.DoAsync().GetAwaiter().GetResult()|};", "await Help.DoAsync();", "the task")]
    [InlineData("var first = {|OVS703:Help.GetTextAsync().ConfigureAwait(false).GetAwaiter().GetResult()|}[0];", "var first = (await Help.GetTextAsync().ConfigureAwait(false))[0];", "the task")]
    [InlineData("{|OVS703:Task.WaitAll(Help.DoAsync(), Help.GetAsync())|};", "await Task.WhenAll(Help.DoAsync(), Help.GetAsync());", "Task.WhenAll")]
    [InlineData("{|OVS703:Task.WaitAll([Help.DoAsync()], stop)|};", "await Task.WhenAll([Help.DoAsync()]).WaitAsync(stop);", "Task.WhenAll")]
    [InlineData("_ = {|OVS703:System.Threading.Tasks.Task.WaitAny(Help.DoAsync())|};", "_ = await System.Threading.Tasks.Task.WhenAny(Help.DoAsync());", "Task.WhenAny")]
    [InlineData("{|OVS703:Thread.Sleep(10)|};", "await Task.Delay(10, stop);", "Task.Delay")]
    [InlineData("{|OVS703:System.Threading.Thread.Sleep(TimeSpan.FromSeconds(1))|};", "await Task.Delay(TimeSpan.FromSeconds(1), stop);", "Task.Delay")]
    [InlineData("try { } finally { {|OVS703:Thread.Sleep(10)|}; }", "try { } finally { await Task.Delay(10); }", "Task.Delay")]
    [InlineData(
        "/* a */ var number = Help\n            .GetAsync()\n            .Result; // b", "/* a */ var number = await Help\n            .GetAsync(); // b", "the task")]
    [InlineData("var text = {|OVS703:Help.GetTextAsync().Result|}!;", "var text = (await Help.GetTextAsync())!;", "the task")]
    public Task OVS703_each_way_to_block(string before, string after, string what) => Fixed.AllAsync<AwaitFix>(
        [Help, Stage(before.Contains("OVS703", StringComparison.Ordinal) ? before : before.Replace("Help\n", "{|OVS703:Help\n", StringComparison.Ordinal).Replace("Result", "Result|}", StringComparison.Ordinal))], [Help, Stage(after)],
        before.Split("OVS703").Length > 2 ? 2 : 1,
        change: test => test.CodeActionVerifier = (action, verifier) => verifier.Equal($"Await {what}", action.Title));

    [Theory]
    [InlineData("public void Process() => {|OVS703:Help.DoAsync().Wait()|};", "public async Task Process() => await Help.DoAsync();")]
    [InlineData("void Aside() { } /* it */ public int Process() => {|OVS703:Help.GetAsync().Result|};", "void Aside() { } /* it */ public async Task<int> Process() => await Help.GetAsync();")]
    [InlineData("internal (int Number, string? Text)? Process() { return ({|OVS703:Help.GetAsync().Result|}, null); }", "internal async Task<(int Number, string? Text)?> Process() { return (await Help.GetAsync(), null); }")]
    [InlineData("public Task Process() { {|OVS703:Help.DoAsync().Wait()|}; return Task.CompletedTask; }", "public async Task Process() { await Help.DoAsync(); }")]
    [InlineData(
        "public Task Process(int number) { if (number > {|OVS703:Help.GetAsync().Result|}) return Help.DoAsync(); return Task.CompletedTask; /* done */ }",
        "public async Task Process(int number) { if (number > await Help.GetAsync()) { await Help.DoAsync(); return; } return; /* done */ }")]
    [InlineData("public ValueTask Process(int number) { if (number > {|OVS703:Help.GetAsync().Result|}) return default; return new(Help.DoAsync()); }", "public async ValueTask Process(int number) { if (number > await Help.GetAsync()) return; await Help.DoAsync(); }")]
    [InlineData("public Task<int> Process() => Task.FromResult({|OVS703:Help.GetAsync().Result|} + 1);", "public async Task<int> Process() => await Help.GetAsync() + 1;")]
    [InlineData(
        "public ValueTask<int> Process() { Func<Task> aside = () => { return Help.DoAsync(); }; return {|OVS703:Help.GetAsync().Result|} > 1 ? new(Help.GetAsync()) : new(1); }",
        null)]
    [InlineData("public ValueTask<int> Process() { var one = {|OVS703:Help.GetAsync().Result|}; if (one > 1) return new ValueTask<int>(Help.GetAsync()); return new(one); }", "public async ValueTask<int> Process() { var one = await Help.GetAsync(); if (one > 1) return await Help.GetAsync(); return one; }")]
    [InlineData(
        "public Task<int> Process() { Func<Task> aside = () => { return Help.DoAsync(); }; return {|OVS703:Help.GetAsync().Result|} > 1 ? Help.GetAsync() : throw new Exception(); }",
        "public async Task<int> Process() { Func<Task> aside = () => { return Help.DoAsync(); }; return await (await Help.GetAsync() > 1 ? Help.GetAsync() : throw new Exception()); }")]
    [InlineData("public void Process() { } Task<int> Get() => {|OVS703:Task.FromResult(Help.GetAsync()).ContinueWith(done => Help.GetAsync()).Result|};", "public void Process() { } async Task<int> Get() => await await Task.FromResult(Help.GetAsync()).ContinueWith(done => Help.GetAsync());")]
    public Task OVS703_the_function_around_becomes_async(string before, string? after) => after is null
        ? Fixed.NotAsync<AwaitFix>(Help, Handler(before))
        : Fixed.Async<AwaitFix>([Help, Handler(before)], [Help, Handler(after)], after.Contains("Get()", StringComparison.Ordinal) ? "Make Get async and await the task" : "Make Process async and await the task");

    [Theory]
    [InlineData("await Task.Run(() => {|OVS703:Thread.Sleep(10)|}, stop);", "await Task.Run(async () => await Task.Delay(10, stop), stop);", "Make the lambda async and await Task.Delay")]
    [InlineData("var number = await Task.Run(delegate { return {|OVS703:Help.GetAsync().Result|}; }, stop);", "var number = await Task.Run(async delegate { return await Help.GetAsync(); }, stop);", "Make the lambda async and await the task")]
    [InlineData("Func<int, Task<int>> get = number => Task.FromResult(number + {|OVS703:Help.GetAsync().Result|}); await get(1);", "Func<int, Task<int>> get = async number => number + await Help.GetAsync(); await get(1);", "Make the lambda async and await the task")]
    [InlineData("Func<CancellationToken, Task> get = async token => {|OVS703:Thread.Sleep(1)|}; await get(stop);", "Func<CancellationToken, Task> get = async token => await Task.Delay(1, token); await get(stop);", "Await Task.Delay")]
    [InlineData("await GetAsync(); static Task GetAsync() { {|OVS703:Thread.Sleep(1)|}; return Task.CompletedTask; }", "await GetAsync(); static async Task GetAsync() { await Task.Delay(1); }", "Make GetAsync async and await Task.Delay")]
    public Task OVS703_lambdas_and_local_functions_too(string before, string after, string title) => Fixed.Async<AwaitFix>([Help, Stage(before)], [Help, Stage(after)], title);

    [Theory]
    [InlineData("lock (this) { {|OVS703:Help.DoAsync().Wait()|}; }")]
    [InlineData("try { } catch (Exception) when ({|OVS703:Help.GetAsync().Result|} == 1) { }")]
    [InlineData("unsafe { {|OVS703:Help.DoAsync().Wait()|}; }")]
    [InlineData("_ = from number in new[] { 1 } select number + {|OVS703:Help.GetAsync().Result|};")]
    [InlineData("Get(); int Get() => {|OVS703:Help.GetAsync().Result|};")]
    [InlineData("Func<int> get = () => {|OVS703:Help.GetAsync().Result|}; get();")]
    [InlineData("new List<int>().ForEach(number => {|OVS703:Thread.Sleep(number)|});")]
    [InlineData("if ({|OVS703:Help.DoAsync().Wait(1000)|}) return;")]
    [InlineData("if ({|OVS703:Task.WaitAll([Help.DoAsync()], 1000)|}) return;")]
    [InlineData("Console.WriteLine({|OVS703:Task.WaitAny(Help.DoAsync(), Help.GetAsync())|});")]
    [InlineData("Console.WriteLine(stop.ToString()?.PadLeft(1).Length + Help.GetTextAsync().AsTask()?{|OVS703:.Result|}.Length);")]
    [InlineData("var span = Help.AsSpan({|OVS703:Help.GetAsync().Result|}); Console.WriteLine(span.Length);")]
    [InlineData("try { {|OVS703:Help.DoAsync().Wait()|}; } catch (AggregateException) { }")]
    public Task OVS703_nothing_is_offered_where_await_cannot_stand_or_does_something_else(string body) => Fixed.NotAsync<AwaitFix>(Help, Stage(body));

    [Theory]
    [InlineData("public void Process() => Do(); private static void Do() => {|OVS703:Thread.Sleep(1)|};")]
    [InlineData("public int Process() => {|OVS703:Help.GetAsync().Result|}; public void PostProcess() => Process();")]
    [InlineData("public virtual int Process() => {|OVS703:Help.GetAsync().Result|};")]
    [InlineData("public void Process() { } Task<int> Number { get { return Task.FromResult({|OVS703:Help.GetAsync().Result|}); } }")]
    [InlineData("public unsafe int Process() => {|OVS703:Help.GetAsync().Result|};")]
    [InlineData("public void Process() { } Task Get(ref int number) { {|OVS703:Thread.Sleep(number)|}; return Task.CompletedTask; }")]
    [InlineData("public Task Process() { {|OVS703:Thread.Sleep(1)|}; return null!; }")]
    public Task OVS703_nothing_is_offered_where_the_signature_has_to_stay(string members) => Fixed.NotAsync<AwaitFix>(Help, Handler(members));

    [Fact]
    public Task OVS703_nothing_is_offered_for_a_stage_that_a_contract_or_another_class_knows() => Fixed.NotAsync<AwaitFix>(
        "interface IWork { void Process(); }",
        """
        [JobType("a")] class A : IWork { public void Process() => {|OVS703:Thread.Sleep(1)|}; }
        [JobType("b")] class B { public void Process() => {|OVS703:Thread.Sleep(1)|}; }
        static class Program { static void Run() => new B().Process(); }
        """);

    [Fact]
    public Task OVS703_a_stage_may_be_named_in_a_comment() => Fixed.Async<AwaitFix>(
        """
        /// <summary>Runs <see cref="Process"/>.</summary>
        [JobType("a")]
        class A
        {
            const string Name = nameof(Process);
            public void Process(JobContext job) => {|OVS703:Thread.Sleep(1)|};
        }
        """,
        """
        /// <summary>Runs <see cref="Process"/>.</summary>
        [JobType("a")]
        class A
        {
            const string Name = nameof(Process);
            public async Task Process(JobContext job) => await Task.Delay(1, job.CancellationToken);
        }
        """,
        "Make Process async and await Task.Delay");

    [Fact]
    public Task OVS703_a_harness() => Fixed.Async<AwaitFix>(
        """
        class Wrap : IJobHarness
        {
            public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
            {
                if (job.Attempt > 1) {|OVS703:Thread.Sleep(1)|};
                return stage(job);
            }
        }
        """,
        """
        class Wrap : IJobHarness
        {
            public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
            {
                if (job.Attempt > 1) await Task.Delay(1, job.CancellationToken);
                return await stage(job);
            }
        }
        """,
        "Make InvokeAsync async and await Task.Delay");

    [Fact]
    public Task OVS703_all_at_once_in_each_other_and_in_two_stages() => Fixed.AllAsync<AwaitFix>(
        [Help, Handler("""
        public void PreProcess() => {|OVS703:Thread.Sleep({|OVS703:Help.GetAsync().Result|})|};

            // The work.
            public Task<int> Process(CancellationToken token)
            {
                {|OVS703:Thread.Sleep(1)|};
                if ({|OVS703:Help.GetAsync().Result|} > 1)
                    return Task.FromResult({|OVS703:Task.Run(() => {|OVS703:Help.GetAsync().Result|}, token).Result|});
                return Help.GetAsync();
            }
        """)],
        [Help, Handler("""
        public async Task PreProcess() => await Task.Delay(await Help.GetAsync());

            // The work.
            public async Task<int> Process(CancellationToken token)
            {
                await Task.Delay(1, token);
                if (await Help.GetAsync() > 1)
                    return await Task.Run(async () => await Help.GetAsync(), token);
                return await Help.GetAsync();
            }
        """)],
        iterations: 6);

    [Fact]
    public Task OVS703_a_return_among_others_in_its_block() => Fixed.Async<AwaitFix>(
        Handler("""
        public Task Process(int args)
            {
                {|OVS703:Thread.Sleep(args)|};
                switch (args)
                {
                    case 1:
                        // One.
                        return Task.Delay(1); // done
                    default:
                        return Task.CompletedTask;
                }
            }
        """),
        Handler("""
        public async Task Process(int args)
            {
                await Task.Delay(args);
                switch (args)
                {
                    case 1:
                        // One.
                        await Task.Delay(1);
                        return; // done
                    default:
                        return;
                }
            }
        """),
        "Make Process async and await Task.Delay");

    [Fact]
    public async Task OVS703_a_file_that_imports_nothing()
    {
        var solution = Sandbox.Open(["""namespace N.Task { [JobType("a")] class A { public int[] Process() { Thread.Sleep(1); return [1]; } } }"""]);
        var changed = await Sandbox.FixAsync(solution, Assert.Single(await Sandbox.AnalyzeAsync(solution)), new AwaitFix());
        Assert.Empty(await Sandbox.AnalyzeAsync(changed!));
        Assert.Contains(await Sandbox.TextsAsync(changed!), text => text.Contains("async Task<int[]> Process() { await System.Threading.Tasks.Task.Delay(1); return [1]; }", StringComparison.Ordinal));
    }
}
