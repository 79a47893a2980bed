using System.Data.Common;
using Overseer.Stores;

namespace Overseer;

/// <summary>The client over one store. Thread-safe.</summary>
/// <param name="store">The store; not disposed by the client.</param>
/// <param name="handlers">The handlers that graphs are checked against, normally <c>JobHandlers.All</c>.</param>
/// <param name="options">Options; only <see cref="OverseerOptions.MaxPayloadBytes"/> concerns a client.</param>
public sealed class OverseerClient(IJobStore store, JobHandlerMap handlers, OverseerOptions? options = null) : IOverseerClient
{
    private const int ManyGraphs = 1000;

    private readonly IJobStore store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly JobHandlerMap handlers = handlers ?? throw new ArgumentNullException(nameof(handlers));
    private readonly int maxPayloadBytes = (options ?? new OverseerOptions()).MaxPayloadBytes;
    private Task? installed;

    /// <summary>Cancelled when the host that this client belongs to stops.</summary>
    internal CancellationToken Stopping { get; init; }

    /// <inheritdoc/>
    public async Task<RunHandle> TransactAsync(JobGraph graph, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        handlers.Validate(graph, maxPayloadBytes);
        await EnsureInstalledAsync(cancellationToken);
        var answer = await InsertAsync(graph, cancellationToken);
        return new RunHandle(store, answer.Run, answer.AlreadyExisted, Stopping);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunHandle>> TransactAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        for (var i = 0; i < graphs.Count; i++)
        {
            if (graphs[i] is null) throw new ArgumentException($"Graph {i} is null. Leave it out, or give a graph.", nameof(graphs));
        }

        CheckAll(graphs);
        await EnsureInstalledAsync(cancellationToken);
        var answers = await InsertAsync([.. graphs], cancellationToken);
        return [.. answers.Select(answer => new RunHandle(store, answer.Run, answer.AlreadyExisted, Stopping))];
    }

    /// <inheritdoc/>
    public async Task<RunHandle> TransactAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(transaction);
        handlers.Validate(graph, maxPayloadBytes);
        await EnsureInstalledAsync(cancellationToken);
        var answer = await store.InsertAsync(graph, transaction, cancellationToken);
        return new RunHandle(store, answer.Run, answer.AlreadyExisted, Stopping);
    }

    // Reading the args of a hundred thousand graphs back takes longer than storing them, so all processors do it.
    private void CheckAll(IReadOnlyList<JobGraph> graphs)
    {
        if (graphs.Count < ManyGraphs)
        {
            foreach (var graph in graphs) handlers.Validate(graph, maxPayloadBytes);
            return;
        }

        var first = Parallel.For(0, graphs.Count, (i, loop) =>
        {
            if (GraphCheck.FindProblems(graphs[i], handlers, maxPayloadBytes).Count > 0) loop.Break();
        }).LowestBreakIteration;
        // Said by the same check again, so that it is the first that is told, as it is of few.
        if (first is { } bad) handlers.Validate(graphs[(int)bad], maxPayloadBytes);
    }

    private async Task<IReadOnlyList<InsertAnswer>> InsertAsync(JobGraph[] graphs, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await store.InsertAsync(graphs, cancellationToken);
            }
            catch (JobConflictException conflict) when (tries < graphs.Length)
            {
                // As for one graph; the conflict says which it is by its key or its ids.
                var place = Array.FindIndex(graphs, graph => conflict.Key is { } key ? graph.Key == key : graph.Jobs.Any(job => conflict.Ids.Contains(job.Id)));
                if (place < 0 || await new StoredGraph(store, handlers).FindAsync(graphs[place], conflict, cancellationToken) is not { } stored) throw;
                graphs[place] = stored;
            }
        }
    }

    private async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken)
    {
        try
        {
            return await store.InsertAsync(graph, cancellationToken);
        }
        catch (JobConflictException conflict)
        {
            // The store compares texts; what they mean is for the handlers to say.
            if (await new StoredGraph(store, handlers).FindAsync(graph, conflict, cancellationToken) is not { } stored) throw;
            return await store.InsertAsync(stored, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<RunHandle?> GetRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        await EnsureInstalledAsync(cancellationToken);
        return await store.GetRunAsync(run, cancellationToken) is null ? null : new RunHandle(store, run, alreadyExisted: true, Stopping);
    }

    /// <inheritdoc/>
    public async Task<RunHandle?> FindRunAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await EnsureInstalledAsync(cancellationToken);
        return await store.FindRunAsync(key, cancellationToken) is { } run ? new RunHandle(store, run.Id, alreadyExisted: true, Stopping) : null;
    }

    /// <inheritdoc/>
    public async Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        await EnsureInstalledAsync(cancellationToken);
        return await store.GetJobAsync(job, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        await EnsureInstalledAsync(cancellationToken);
        return await store.CancelJobAsync(job, cancellationToken);
    }

    // One attempt is shared by all callers, so that none of them may call it off; a failed one is forgotten, and the next call tries again.
    private async Task EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        var mine = Volatile.Read(ref installed);
        if (mine is null || mine.IsFaulted || mine.IsCanceled)
        {
            var fresh = store.InstallAsync(CancellationToken.None);
            mine = Interlocked.CompareExchange(ref installed, fresh, mine) is { IsFaulted: false, IsCanceled: false } other ? other : fresh;
        }

        await mine.WaitAsync(cancellationToken);
    }
}
