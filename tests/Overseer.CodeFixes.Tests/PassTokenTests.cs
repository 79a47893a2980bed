using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS702: a token is at hand and not passed on.</summary>
public sealed class PassTokenTests
{
    private const string Help = """
        static class Help
        {
            public static Task DoAsync(int one = 1, CancellationToken token = default, int two = 2) => Task.CompletedTask;
            public static Task<int> GetAsync(this string text, CancellationToken @event = default) => Task.FromResult(text.Length);
            public static Task<int> AddAsync(int one, int two) => Task.FromResult(one + two);
            public static Task<int> AddAsync(int one, int two, CancellationToken token) => Task.FromResult(one + two);
        }
        """;

    private static string Handler(string body) => $$"""
        [JobType("a")]
        class A
        {
            public async Task Process(string args, CancellationToken @params)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await Task.{|OVS702:Delay|}(10);", "await Task.Delay(10, @params);")]
    [InlineData("await Help.{|OVS702:DoAsync|}(1);", "await Help.DoAsync(1, @params);")]
    [InlineData("await Help.{|OVS702:DoAsync|}();", "await Help.DoAsync(token: @params);")]
    [InlineData("await Help.{|OVS702:DoAsync|}(two: 3);", "await Help.DoAsync(two: 3, token: @params);")]
    [InlineData("await args.{|OVS702:GetAsync|}();", "await args.GetAsync(@params);")]
    [InlineData("await Help.{|OVS702:GetAsync|}(text: args);", "await Help.GetAsync(text: args, @event: @params);")]
    [InlineData("await Help.{|OVS702:AddAsync|}(two: 1, one: 2);", "await Help.AddAsync(two: 1, one: 2, token: @params);")]
    [InlineData("await (args?.{|OVS702:GetAsync|}() ?? Task.FromResult(1)); // why", "await (args?.GetAsync(@params) ?? Task.FromResult(1)); // why")]
    [InlineData("Func<CancellationToken, Task> wait = token => Task.{|OVS702:Delay|}(1); await wait(@params);", "Func<CancellationToken, Task> wait = token => Task.Delay(1, token); await wait(@params);")]
    public Task OVS702_at_the_end_or_by_name(string before, string after) =>
        Fixed.Async<PassTokenFix>([Help, Handler(before)], [Help, Handler(after)], after.Contains("1, token)", StringComparison.Ordinal) ? "Pass token" : "Pass @params");

    [Fact]
    public Task OVS702_each_argument_on_its_line() => Fixed.Async<PassTokenFix>(
        [Help, Handler("await Help.{|OVS702:AddAsync|}(\n            1,\n            2); // sum")],
        [Help, Handler("await Help.AddAsync(\n            1,\n            2,\n            @params); // sum")],
        "Pass @params");

    [Fact]
    public Task OVS702_all_calls_in_each_other_in_a_harness_and_from_the_job() => Fixed.AllAsync<PassTokenFix>(
        [Help, """
        namespace N;

        class Wrap : IJobHarness
        {
            public async ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage)
            {
                await Help.{|OVS702:AddAsync|}(await "a".{|OVS702:GetAsync|}(), await Help.{|OVS702:AddAsync|}(1, 2));
                return await stage(job);
            }
        }

        [JobType("b")]
        partial class B;

        partial class B { public Task Process(JobContext job) => Task.{|OVS702:Delay|}(1); }
        """],
        [Help, """
        namespace N;

        class Wrap : IJobHarness
        {
            public async ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage)
            {
                await Help.AddAsync(await "a".GetAsync(job.CancellationToken), await Help.AddAsync(1, 2, job.CancellationToken), job.CancellationToken);
                return await stage(job);
            }
        }

        [JobType("b")]
        partial class B;

        partial class B { public Task Process(JobContext job) => Task.Delay(1, job.CancellationToken); }
        """],
        iterations: 4);
}
