using Library;
using Microsoft.Extensions.DependencyInjection;
using Overseer;

namespace Consumer;

[JobType("report")]
[DependsOn<Counted>, DependsOn<Split>]
[Harness<Outer>, Harness<Connect>(Order = 1), Harness<Explicit>]
[Harness<Outer>(Stage = JobStage.PreProcess), Harness<Outer>(Stage = JobStage.PostProcess)]
public sealed class Report(Trace trace, TimeProvider clock, IFormatProvider? format = null) : IDisposable
{
    public string Process(int? count, Words words, Connection connection, Text text, [FromKeyedServices("keyed")] Trace keyed, JobContext job, CancellationToken token)
    {
        Assert.Same(trace, keyed);
        Assert.NotNull(clock);
        Assert.Null(format);
        Assert.Equal("report", job.Type);
        Assert.False(token.CanBeCanceled);
        trace.Add("process");
        return $"{count} words on {connection.Name}: {string.Join(',', words.Items)} ({text.Content.Length})";
    }

    public void Dispose() => trace.Add("report is disposed");
}

[JobType("shout")]
[DependsOn<Report>]
public sealed class Shout
{
    private string seen = "";

    public async Task PreProcessAsync(char mark, JobContext job)
    {
        await Task.Yield();
        seen = $"{mark} by {job.Type}";
    }

    public Task<string> Process([ResultOf<Report>] string report) => Task.FromResult(report);

    public ValueTask<string> PostProcess(string result) => new($"{seen}: {result.ToUpperInvariant()}");
}

[JobType("refuse")]
[Harness<Outer>(Stage = JobStage.PostProcess)]
public sealed class Refuse
{
    public void PreProcess(JobContext job) => throw job.AbortSilently("not today");

    public void Process() => Assert.Fail("Process must not run after PreProcess has refused.");
}
