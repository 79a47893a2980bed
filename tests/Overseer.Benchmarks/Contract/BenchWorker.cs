namespace Overseer.Benchmarks.Contract;

/// <summary>The options of the worker that is measured.</summary>
internal static class BenchWorker
{
    /// <summary>Both configurations are the defaults: what high throughput needs, a worker finds out by itself.</summary>
    public static OverseerOptions Options(BenchOptions options) => new() { Concurrency = options.Concurrency };
}
