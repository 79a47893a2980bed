using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS701: catch-alls that swallow what ends a job.</summary>
public sealed class SwallowedSignalTests
{
    private const string Help = """
        static class Help
        {
            public static Task DoAsync(JobContext job) => Task.CompletedTask;
            public static Task<int> CountAsync(this JobContext job, int number) => Task.FromResult(number);
            public static void Do(JobContext job, int number = 1) { }
            public static Task WaitAsync(CancellationToken token = default) => Task.CompletedTask;
            public static void Wait(CancellationToken token) { }
            public static IAsyncEnumerable<int> AllAsync(CancellationToken token) => throw new NotSupportedException();
            public static void Log(object what) { }
        }

        """;

    private static string Stage(string body) => Help + $$"""
        [JobType("a")] class A
        {
            Exception? kept; readonly List<Exception> errors = new();
            public async Task Process(JobContext job, CancellationToken token) { {{body}} await Task.Yield(); Help.Log((kept, errors)); }
        }
        """;

    [Theory]
    [InlineData("""try { throw job.Abort("x"); } {|OVS701:catch (Exception e)|} { Help.Log(e); }""", "Abort")]
    [InlineData("""try { job.AbortSilently("x"); } {|OVS701:catch|} { }""", "AbortSilently")]
    [InlineData("""try { _ = job.Attempt > 1 ? throw job.Fault("x", TimeSpan.Zero) : 1; } {|OVS701:catch (Exception)|} { return; }""", "Fault")]
    [InlineData("""try { JobControl.Snooze(TimeSpan.Zero); } {|OVS701:catch (Exception)|} when (true) { } finally { Help.Log(1); }""", "Snooze")]
    [InlineData("""try { throw JobControl.Abort("x"); } catch (IOException) { throw; } {|OVS701:catch (Exception)|} { }""", "Abort")]
    [InlineData("""try { throw job.Abort("x"); } catch (OperationCanceledException) { throw; } {|OVS701:catch (Exception)|} { }""", "Abort")]
    public async Task OVS701_a_signal(string body, string call)
    {
        var messages = await Checked.Async(Stage(body));
        Assert.StartsWith($"This catch-all also swallows what {call} throws to end the job; rethrow it", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS701_a_clause_for_signals_only_is_told_to_rethrow()
    {
        var messages = await Checked.Async(Stage("""try { throw job.Abort("x"); } {|OVS701:catch (OverseerException e)|} { Help.Log(e.Message); }"""));
        Assert.Equal("This clause swallows what Abort throws to end the job; rethrow it", Assert.Single(messages));
    }

    [Theory]
    [InlineData("try { await Help.DoAsync(job); } {|OVS701:catch (Exception e)|} { Help.Log(e); }")]
    [InlineData("try { await Help.DoAsync(job).ConfigureAwait(false); } {|OVS701:catch|} { }")]
    [InlineData("try { Help.Log(await job.CountAsync(1)); } {|OVS701:catch (System.Exception)|} { }")]
    [InlineData("try { if (job.Attempt > 1) { Help.Do(number: 1, job: job); } } {|OVS701:catch (Exception)|} { }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await Task.WhenAll(Help.DoAsync(job), Task.CompletedTask); } {|OVS701:catch (Exception)|} { continue; } }")]
    [InlineData("try { try { Help.Do(job); } catch (Exception) { throw; } } {|OVS701:catch (Exception)|} { }")]
    [InlineData("try { Help.Log(1); try { Help.Do(job); } {|OVS701:catch (Exception)|} { } } catch (Exception) { }")]
    [InlineData("try { Help.Log(1); } catch (IOException) { try { Help.Do(job); } {|OVS701:catch (Exception)|} { } }")]
    public async Task OVS701_a_call_that_gets_the_job(string body) => await Checked.Async(Stage(body));

    [Theory]
    [InlineData("try { await Help.WaitAsync(token); } {|OVS701:catch (Exception e)|} { Help.Log(e); }")]
    [InlineData("try { Help.Wait(job.CancellationToken); } {|OVS701:catch|} { }")]
    [InlineData("var mine = job.CancellationToken; try { Help.Wait(mine); } {|OVS701:catch (Exception)|} { }")]
    [InlineData("try { token.ThrowIfCancellationRequested(); } {|OVS701:catch (Exception)|} { }")]
    [InlineData("try { await foreach (var one in Help.AllAsync(token)) Help.Log(one); } {|OVS701:catch (Exception)|} { }")]
    [InlineData("try { await Task.Delay(1, token); } catch (OverseerException) { throw; } {|OVS701:catch (Exception)|} { }")]
    [InlineData("Func<Task> run = async () => { try { await Help.WaitAsync(token); } {|OVS701:catch (Exception)|} { } }; await run();")]
    [InlineData("await RunAsync(); async Task RunAsync() { try { await Help.WaitAsync(token); } {|OVS701:catch (Exception)|} { } }")]
    public async Task OVS701_a_call_that_gets_the_token(string body) => await Checked.Async(Stage(body));

    [Fact]
    public async Task OVS701_in_a_harness_and_in_a_helper_of_any_class() =>
        await Checked.Async("""
            class Wrap : IJobHarness
            {
                async ValueTask<TResult> IJobHarness.InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
                {
                    try { return await stage(job); } {|OVS701:catch (Exception)|} { return default!; }
                }
            }
            class Give : IJobHarness<int>
            {
                public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<int, TResult> stage)
                {
                    try { return await stage(job, 1); } {|OVS701:catch|} { return default!; }
                }
            }
            static class @static { public static void Help(JobContext job) { try { job.Abort("x"); } {|OVS701:catch (Exception)|} { } } }
            """);

    [Theory]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) { Help.Log(e); throw; }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) { if (job.Attempt > 1) { Help.Log(e); } else throw; }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"y\", e); }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e).Throw(); }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e); }")]
    [InlineData("try { await Help.DoAsync(job); } catch (Exception e) { throw job.Fault(e.Message); }")]
    [InlineData("try { await Help.DoAsync(job); } catch (Exception e) { job.Fault(e.Message); }")]
    [InlineData("try { await Help.WaitAsync(token); } catch (Exception e) { token.ThrowIfCancellationRequested(); Help.Log(e); }")]
    [InlineData("try { Help.Do(job); } catch (Exception e) { _ = e.InnerException ?? throw e; }")]
    public async Task OVS701_is_silent_where_it_is_thrown_again(string body) => await Checked.Async(Stage(body));

    [Theory]
    [InlineData("try { throw job.Abort(\"x\"); } catch (Exception e) when (e is not OverseerException) { }")]
    [InlineData("try { await Help.DoAsync(job); } catch (Exception) when (job.Attempt < 3) { }")]
    [InlineData("try { await Help.DoAsync(job); } catch when (!token.IsCancellationRequested) { }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (IOException) { } catch (InvalidOperationException) { }")]
    [InlineData("try { throw job.Abort(\"x\"); } catch (OverseerException) { throw; } catch (Exception) { }")]
    [InlineData("try { await Help.DoAsync(job); } catch (OverseerException) { throw; } catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("try { await Help.WaitAsync(token); } catch (OperationCanceledException) { } catch (Exception) { }")]
    [InlineData("try { await Help.WaitAsync(token); } catch (OperationCanceledException) when (token.IsCancellationRequested) { throw; } catch { }")]
    [InlineData("try { await Help.WaitAsync(token); } catch (OperationCanceledException) { }")]
    [InlineData("try { await Help.WaitAsync(token); } catch (OverseerException) { }")]
    [InlineData("try { throw job.Abort(\"x\"); } finally { Help.Log(1); }")]
    public async Task OVS701_is_silent_with_a_filter_or_another_clause_for_it(string body) => await Checked.Async(Stage(body));

    [Theory]
    [InlineData("try { Help.Log(job); Help.Log(job.Id); Help.Log(job.Args!); } catch (Exception) { }")]
    [InlineData("try { await Task.Yield(); } catch (Exception) { }")]
    [InlineData("try { Help.Wait(default); await Help.WaitAsync(CancellationToken.None); Help.Log(token); } catch (Exception) { }")]
    [InlineData("try { using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); Help.Log(job.With(limit.Token)); } catch (Exception) { }")]
    [InlineData("try { using var _ = token.Register(() => { }); } catch (Exception) { }")]
    [InlineData("Task? later = null; try { later = Help.DoAsync(job); } catch (Exception) { } await later!;")]
    [InlineData("try { Action act = () => job.Abort(\"x\"); Help.Log(act); void Local() => Help.Do(job); Help.Log((Action)Local); } catch (Exception) { }")]
    [InlineData("try { Help.Log(1); } catch (Exception) { Help.Do(job); } finally { Help.Log(2); }")]
    [InlineData("try { Help.Log(1); } catch (Exception) { throw job.Abort(\"x\"); }")]
    public async Task OVS701_is_silent_for_calls_that_do_not_end_the_job(string body) => await Checked.Async(Stage(body));

    [Theory]
    [InlineData("try { Help.Do(job); } catch (Exception e) { kept = e; }")]
    [InlineData("try { Help.Do(job); } catch (Exception e) { kept ??= e; }")]
    [InlineData("try { Help.Do(job); } catch (Exception e) { errors.Add(e); }")]
    [InlineData("System.Runtime.ExceptionServices.ExceptionDispatchInfo? info = null; try { Help.Do(job); } catch (Exception e) { info = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e); } info?.Throw();")]
    [InlineData("var source = new TaskCompletionSource(); try { Help.Do(job); } catch (Exception e) { source.SetException(e); }")]
    public async Task OVS701_is_silent_where_the_exception_is_kept_to_be_thrown_later(string body) => await Checked.Async(Stage(body));

    [Fact]
    public async Task OVS701_is_silent_outside_of_jobs_for_tokens_and_for_methods_of_those_names() =>
        await Checked.Async(Help + """
            class Plain
            {
                public void Abort(string text) { }
                public async Task RunAsync(CancellationToken token)
                {
                    try { await Help.WaitAsync(token); Abort("x"); } catch (Exception) { }
                }
            }
            [JobType("a")] class A { public void Process(Plain plain) { try { plain.Abort("x"); } catch { } } }
            """);
}
