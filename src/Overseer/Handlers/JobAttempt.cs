using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Stores;

namespace Overseer;

/// <summary>What one attempt has to work with: its stored inputs and its services. Made by the engine, used by generated code. Not thread-safe.</summary>
public sealed class JobAttempt
{
    private readonly ReservedJob reserved;
    private readonly JobHandler handler;
    private readonly List<object> owned = [];
    private JobSignal? signal;

    internal JobAttempt(ReservedJob reserved, JobHandler handler, IServiceProvider services, int maxPayloadBytes, CancellationToken cancellationToken)
    {
        this.reserved = reserved;
        this.handler = handler;
        MaxPayloadBytes = maxPayloadBytes;
        Job = new JobContext(reserved, this, services, cancellationToken);
    }

    /// <summary>The job, as its stages see it.</summary>
    public JobContext Job { get; }

    internal int MaxPayloadBytes { get; }

    /// <summary>What the handler said it wants, if it said anything; the first word counts.</summary>
    internal JobSignal? Signal => Volatile.Read(ref signal);

    /// <summary>The job's args.</summary>
    /// <exception cref="UnreadablePayloadException">They are missing or cannot be read.</exception>
    public TArgs Args<TArgs>()
    {
        var payload = $"The args of job '{reserved.Id}' ({reserved.Type})";
        return reserved.Args is null
            ? throw new UnreadablePayloadException(payload, typeof(TArgs), "there are none.")
            : Read<TArgs>(payload, reserved.Args, handler.TakesNull);
    }

    /// <summary>The result of the one dependency of that job type, whether it is stored under its present name or a former one.</summary>
    /// <exception cref="UnreadablePayloadException">It is missing or cannot be read.</exception>
    public TResult ResultOf<TResult>(string type)
    {
        var payload = $"The result of dependency '{type}' of job '{reserved.Id}' ({reserved.Type})";
        var dependency = handler.Dependencies.FirstOrDefault(bound => bound.Type == type);
        var texts = (dependency?.Types ?? [type]).Select(name => reserved.Inputs.GetValueOrDefault(name)).OfType<string>().Take(2).ToList();
        return texts is [var text]
            ? Read<TResult>(payload, text, dependency?.MayBeNull != false)
            : throw new UnreadablePayloadException(payload, typeof(TResult), texts.Count == 0 ? "there is none." : "there are several, under its present name and former ones.");
    }

    private T Read<T>(string payload, string text, bool mayBeNull) =>
        handler.Json.Deserialize<T>(payload, text) is var value && value is null && !mayBeNull && !typeof(T).IsValueType
            ? throw new UnreadablePayloadException(payload, typeof(T), $"it is null, and {handler.Name} takes a value that never is.")
            : value;

    /// <summary>A service of the attempt's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull => Job.Services.GetRequiredService<T>();

    /// <summary>A keyed service of the attempt's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>(object? key)
        where T : notnull => Job.Services.GetRequiredKeyedService<T>(key);

    /// <summary>A service of the attempt's scope, or null.</summary>
    public T? OptionalService<T>() => Job.Services.GetService<T>();

    /// <summary>A keyed service of the attempt's scope, or null.</summary>
    public T? OptionalService<T>(object? key) => Job.Services.GetKeyedService<T>(key);

    /// <summary>Disposes the handler or harness when the attempt ends, in reverse order of making.</summary>
    public T Own<T>(T instance)
        where T : class
    {
        if (instance is IAsyncDisposable or IDisposable) owned.Add(instance);
        return instance;
    }

    internal Exception Say(JobSignal said)
    {
        Interlocked.CompareExchange(ref signal, said, null);
        return new JobSignalException(said);
    }

    /// <summary>Between stages: ends the attempt if the handler swallowed its own signal, or if it was cancelled.</summary>
    internal void Checkpoint()
    {
        if (Signal is { } said) throw new JobSignalException(said);
        Job.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Disposes all of it, even if one throws; then throws what the first one threw.</summary>
    internal async ValueTask DisposeOwnedAsync()
    {
        ExceptionDispatchInfo? first = null;
        for (var i = owned.Count - 1; i >= 0; i--)
        {
            try
            {
                if (owned[i] is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
                else ((IDisposable)owned[i]).Dispose();
            }
            catch (Exception error)
            {
                first ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        first?.Throw();
    }
}
