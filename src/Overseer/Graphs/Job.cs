namespace Overseer;

/// <summary>One node of a graph, and the same node as a store keeps it. Immutable, so safe to share.</summary>
public sealed class Job
{
    /// <summary>A job without args. A store fills the other properties when it reads one back.</summary>
    /// <param name="type">The name of a job type.</param>
    public Job(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
    }

    /// <summary>The job's id: the user's own, or the store's, or none yet.</summary>
    public JobId Id { get; init; }

    /// <summary>The name of its job type.</summary>
    public string Type { get; }

    /// <summary>Its args as JSON text; null if it has none.</summary>
    public string? Args { get; init; }

    /// <summary>The run it belongs to; number 0 until it is stored.</summary>
    public RunId Run { get; init; }

    /// <summary>Its number in the run, from 0.</summary>
    public int Number { get; init; }

    /// <summary>Its status.</summary>
    public JobStatus Status { get; init; }

    /// <summary>Why it failed or was aborted; else null.</summary>
    public JobReason? Reason { get; init; }

    /// <summary>Tries so far, the running one included; tries that ended by a lost worker, a snooze, a fault or a shutdown do not count.</summary>
    public int Attempt { get; init; }

    /// <summary>The most tries that may end by an exception; from one to the next it waits longer, as after a fault. Default: 1. Range: 1 to 1,000.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>How many workers died while they held it.</summary>
    public int Losses { get; init; }

    /// <summary>How many dependencies have not finished yet.</summary>
    public int WaitingOn { get; init; }

    /// <summary>Its result as JSON text; null if it has none.</summary>
    public string? Result { get; init; }

    /// <summary>What went wrong; null if nothing did.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>The worker that holds it, if one does.</summary>
    public string? Worker { get; init; }

    /// <summary>When that worker last marked itself alive.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>When its run was inserted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time from which it can run: the earliest that was asked for, or when its last dependency finished, if that was later.</summary>
    public DateTimeOffset RunAt { get; init; }

    /// <summary>When its last attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it finished, failed or was aborted.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The .NET type its args were made from; null if they came as text or from a store. Never stored.</summary>
    internal Type? ArgsType { get; init; }

    /// <summary>A job with args.</summary>
    /// <param name="type">The name of a job type.</param>
    /// <param name="args">Its args; serialised at once.</param>
    /// <param name="id">An id of the user's choice, at most 200 characters; by default the store gives one.</param>
    /// <exception cref="ArgumentException">The args cannot be stored exactly as JSON.</exception>
    public static Job Create<TArgs>(string type, TArgs args, string? id = null) =>
        Create(type, args, PayloadJson.Default, id);

    /// <inheritdoc cref="Create{TArgs}(string, TArgs, string?)"/>
    /// <param name="type">The token of a job type.</param>
    /// <param name="args">Its args; serialised at once.</param>
    /// <param name="id">An id of the user's choice, at most 200 characters; by default the store gives one.</param>
    public static Job Create<TArgs>(JobType<TArgs> type, TArgs args, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Create(type.Name, args, type.Json, id);
    }

    /// <summary>A job whose args are JSON text already; whether they fit its handler is checked at insert.</summary>
    /// <param name="type">The name of a job type.</param>
    /// <param name="args">JSON text, stored as it is; null for none.</param>
    /// <param name="id">An id of the user's choice, at most 200 characters; by default the store gives one.</param>
    public static Job FromJson(string type, string? args, string? id = null) => new(type) { Id = new JobId(id ?? ""), Args = args };

    internal Job Copy() => (Job)MemberwiseClone();

    private static Job Create<TArgs>(string type, TArgs args, PayloadJson json, string? id) =>
        new(type) { Id = new JobId(id ?? ""), Args = json.SerializeArgs(type, args), ArgsType = typeof(TArgs) };

    /// <summary>The type and the id, as messages name a job.</summary>
    public override string ToString() => Id.IsAssigned ? $"{Type} ({Id})" : Type;
}
