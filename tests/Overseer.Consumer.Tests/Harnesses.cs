using Overseer;

namespace Consumer;

public sealed class Outer(Trace trace) : IJobHarness, IAsyncDisposable
{
    public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
    {
        trace.Add($"outer: {typeof(TResult).Name}");
        var result = await stage(job.With(new CancellationToken(canceled: false)));
        trace.Add("outer ends");
        return result;
    }

    public ValueTask DisposeAsync()
    {
        trace.Add("outer is disposed");
        return default;
    }
}

public sealed record Connection(string Name);

public sealed class Connect(Trace trace) : IJobHarness<Connection>, IDisposable
{
    public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<Connection, TResult> stage)
    {
        trace.Add("connect");
        return await stage(job, new Connection("main"));
    }

    public void Dispose() => trace.Add("connection is disposed");
}

public sealed class Explicit : IJobHarness
{
    ValueTask<TResult> IJobHarness.InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage) => stage(job);
}
