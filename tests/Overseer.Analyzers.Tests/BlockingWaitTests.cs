using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS703: blocking waits in handlers.</summary>
public sealed class BlockingWaitTests
{
    private static string Handler(string body) => $$"""
        [JobType("a")] class A
        {
            static Task<int> GetAsync() => Task.FromResult(1);
            static ValueTask<int> GetValueAsync() => new(1);
            static Task DoAsync() => Task.CompletedTask;
            public async Task Process() { {{body}} await Task.Yield(); }
        }
        """;

    [Theory]
    [InlineData("var number = {|OVS703:GetAsync().Result|};", ".Result blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("var number = {|OVS703:GetValueAsync().Result|};", ".Result blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("{|OVS703:DoAsync().Wait()|};", ".Wait() blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("{|OVS703:DoAsync().Wait(1000)|};", ".Wait() blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("{|OVS703:DoAsync().GetAwaiter().GetResult()|};", ".GetAwaiter().GetResult() blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("{|OVS703:GetValueAsync().ConfigureAwait(false).GetAwaiter().GetResult()|};", ".GetAwaiter().GetResult() blocks a thread of the worker, which other jobs need; await the task instead")]
    [InlineData("{|OVS703:Thread.Sleep(10)|};", "Thread.Sleep blocks a thread of the worker, which other jobs need; await Task.Delay instead, or throw job.Snooze to try again later")]
    [InlineData("{|OVS703:System.Threading.Thread.Sleep(TimeSpan.FromSeconds(1))|};", "Thread.Sleep blocks a thread of the worker, which other jobs need; await Task.Delay instead, or throw job.Snooze to try again later")]
    [InlineData("{|OVS703:Task.WaitAll(DoAsync(), GetAsync())|};", "Task.WaitAll blocks a thread of the worker, which other jobs need; await Task.WhenAll instead")]
    [InlineData("_ = {|OVS703:Task.WaitAny(DoAsync())|};", "Task.WaitAny blocks a thread of the worker, which other jobs need; await Task.WhenAny instead")]
    public async Task OVS703_each_way_to_block(string body, string message) => Assert.Equal(message, Assert.Single(await Checked.Async(Handler(body))));

    [Theory]
    [InlineData("Func<int> get = () => {|OVS703:GetAsync().Result|}; get();")]
    [InlineData("Get(); int Get() => {|OVS703:GetAsync().Result|};")]
    [InlineData("var task = GetAsync(); Console.WriteLine({|OVS703:task.Result|}); await task;")]
    [InlineData("var task = GetAsync(); await Task.Delay({|OVS703:task.Result|});")]
    [InlineData("await Task.Run(() => {|OVS703:Thread.Sleep(10)|});")]
    [InlineData("var tasks = new[] { GetAsync() }; foreach (var task in tasks) Console.WriteLine({|OVS703:task.Result|});")]
    public async Task OVS703_wherever_it_stands(string body) => await Checked.Async(Handler(body));

    [Fact]
    public async Task OVS703_in_every_stage_in_helpers_and_in_harnesses() =>
        await Checked.Async("""
            namespace @namespace
            {
                class Outer { [JobType("a")] internal partial class Größe { public int Process(JobContext job) => Help(); public void PreProcess() => {|OVS703:Thread.Sleep(1)|}; } internal partial class Größe { private static int Help() => {|OVS703:Task.FromResult(1).ContinueWith(done => 1).Result|}; } }
            }
            abstract class Base { public abstract void Process(); }
            [JobType("b")] class B : Base { public override void Process() => {|OVS703:Thread.Sleep(1)|}; }
            class Wrap : IJobHarness
            {
                public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage) => new({|OVS703:stage(job).Result|});
            }
            """);

    [Theory]
    [InlineData("var one = GetAsync(); var two = GetAsync(); await Task.WhenAll(one, two); Console.WriteLine(one.Result + two.Result);")]
    [InlineData("var task = GetAsync(); await task; Console.WriteLine(task.Result + task.GetAwaiter().GetResult()); task.Wait();")]
    [InlineData("var task = GetValueAsync(); Console.WriteLine(task.IsCompletedSuccessfully ? task.Result : await task);")]
    [InlineData("var task = GetAsync(); if (task.IsCompleted) Console.WriteLine(task.Result);")]
    [InlineData("var task = GetAsync(); if (task is { IsCompletedSuccessfully: true }) Console.WriteLine(task.Result);")]
    [InlineData("var done = await Task.WhenAny(GetAsync(), GetAsync()); Console.WriteLine(done.Result);")]
    [InlineData("Console.WriteLine((await Task.WhenAny(GetAsync())).Result);")]
    [InlineData("var tasks = new List<Task<int>> { GetAsync() }; await Task.WhenAll(tasks); Console.WriteLine(tasks[0].Result); tasks.ForEach(task => Console.WriteLine(task.Result)); foreach (var task in tasks) Console.WriteLine(task.Result);")]
    [InlineData("await GetAsync().ContinueWith(task => task.Result, TaskScheduler.Default);")]
    [InlineData("Console.WriteLine(Task.FromResult(1).Result);")]
    public async Task OVS703_is_silent_for_tasks_that_are_complete(string body) => await Checked.Async(Handler(body));

    [Theory]
    [InlineData("var thread = new Thread(() => Thread.Sleep(10)); thread.Start(); thread.Join();")]
    [InlineData("await Task.Factory.StartNew(() => Thread.Sleep(10), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("Thread.Sleep(0); Thread.Yield(); if (DoAsync().Wait(0)) return;")]
    [InlineData("using var gate = new SemaphoreSlim(1); await gate.WaitAsync(); Console.WriteLine(new Answer().Result);")]
    public async Task OVS703_is_silent_for_what_does_not_block_a_thread_of_the_worker(string body) =>
        await Checked.Async(Handler(body) + " class Answer { public int Result => 1; public void Wait() { } public static void Sleep(int n) { } }");

    [Fact]
    public async Task OVS703_is_silent_outside_of_handlers_and_where_a_contract_is_synchronous() =>
        await Checked.Async("""
            class Plain { public int Process(Task<int> task) => task.Result; }
            static class Program { static void Wait() => Thread.Sleep(1000); }
            [JobType("a")] sealed class A : IDisposable, IComparer<int>
            {
                public Task Process() => Task.CompletedTask;
                public void Dispose() => Task.Delay(1).Wait();
                public int Compare(int x, int y) => Task.Run(() => x - y).Result;
                public override string ToString() => Task.Run(() => "a").Result;
                internal sealed class Nested { public int Get(Task<int> task) => task.Result; }
            }
            """);
}
