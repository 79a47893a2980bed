namespace Overseer;

/// <summary>One entry of a <see cref="JobHandlerMap"/>: how jobs of one type are run. Thread-safe.</summary>
public abstract class JobHandler
{
    private protected JobHandler(string type, string name, Type args, Type result, PayloadJson? json)
    {
        Json = json ?? PayloadJson.Default;
        Type = type;
        Name = name;
        Args = args;
        Result = result;
    }

    /// <summary>The job type it runs.</summary>
    public string Type { get; }

    /// <summary>The names its jobs were stored under before, none of which another handler has. Default: none.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>Whether it is kept only to finish runs that are stored already, so that no new job may be of its type. Default: false.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The full name of the handler class, for messages.</summary>
    public string Name { get; }

    /// <summary>What its args are read as; <see cref="Unit"/> if it takes none.</summary>
    public Type Args { get; }

    /// <summary>What its result is stored from; <see cref="Unit"/> if it gives none.</summary>
    public Type Result { get; }

    /// <summary>Whether its args may be null though their type is a class. Default: false; <see cref="Nullable{T}"/> may always be.</summary>
    public bool TakesNull { get; init; }

    /// <summary>Whether its result may be null though its type is a class. Default: false; <see cref="Nullable{T}"/> may always be.</summary>
    public bool GivesNull { get; init; }

    /// <summary>The dependencies whose results it takes.</summary>
    public IReadOnlyList<BoundDependency> Dependencies { get; init; } = [];

    /// <summary>How its args, inputs and result are read and written.</summary>
    internal PayloadJson Json { get; }

    /// <summary>The services it and its harnesses cannot do without.</summary>
    public IReadOnlyList<ServiceNeed> Services { get; init; } = [];

    /// <summary>Runs the three stages of one attempt.</summary>
    /// <returns>The result as JSON text; null if the handler gives none.</returns>
    internal abstract Task<string?> RunAsync(JobAttempt attempt);

    /// <summary>The job types whose stored jobs it runs: its own and the former ones, each once.</summary>
    internal IEnumerable<string> Types => FormerNames.Prepend(Type).Distinct(StringComparer.Ordinal);

    /// <summary>Whether stored or given args can be read; if not, the message says why.</summary>
    internal abstract string? FindArgsProblem(Job job);

    /// <summary>Whether args that another build stored are to this one what the given ones are, though their texts may differ.</summary>
    internal abstract bool AreSameArgs(string? stored, string? given);

    /// <summary>The same handler with one more harness, outside all it has for that stage.</summary>
    internal abstract JobHandler With(JobStage stage, Func<IServiceProvider, StageWrap> wrap);
}

/// <summary>How jobs of one type are run. Generated code derives from it.</summary>
/// <typeparam name="TArgs">Its args; <see cref="Unit"/> if it takes none.</typeparam>
/// <typeparam name="TResult">Its result; <see cref="Unit"/> if it gives none.</typeparam>
/// <param name="type">The job type.</param>
/// <param name="name">The full name of the handler class.</param>
/// <param name="json">How its args, inputs and result are read and written. Default: by reflection.</param>
public abstract class JobHandler<TArgs, TResult>(string type, string name, PayloadJson? json = null)
    : JobHandler(type, name, typeof(TArgs), typeof(TResult), json)
{
    /// <summary>Reads what the stages need and makes the handler and its harnesses for one attempt.</summary>
    protected internal abstract JobStages<TResult> Open(JobAttempt attempt);

    internal sealed override async Task<string?> RunAsync(JobAttempt attempt)
    {
        var job = attempt.Job;
        var stages = Open(attempt);
        job = await stages.PreProcessAsync(job);
        attempt.Checkpoint();
        var result = await stages.ProcessAsync(job);
        attempt.Checkpoint();
        result = await stages.PostProcessAsync(job, result);
        attempt.Checkpoint();
        return result is null && !GivesNull && !typeof(TResult).IsValueType
            ? throw new ResultRejectedException(Type, $"it is null, and {Name} says that it never is. Return a value, or make the type nullable.")
            : Json.SerializeResult(Type, result, attempt.MaxPayloadBytes);
    }

    internal sealed override string? FindArgsProblem(Job job)
    {
        if (typeof(TArgs) == typeof(Unit)) return null;
        if (job.Args is null)
            return $"Job '{job}' has no args, and its handler {Name} takes {typeof(TArgs)}. Give it args of that type.";
        if (Json.FindProblem(typeof(TArgs)) is { } problem) return $"The args of job '{job}' cannot be read for its handler {Name}. {problem}";
        try
        {
            return Json.Deserialize<TArgs>($"The args of job '{job}'", job.Args) is null && !TakesNull && !typeof(TArgs).IsValueType
                ? $"The args of job '{job}' are null, and its handler {Name} takes {typeof(TArgs)}, which is never null there. Give it args, or make the parameter nullable."
                : null;
        }
        catch (UnreadablePayloadException error)
        {
            return $"The args of job '{job}' are not what its handler {Name} takes ({typeof(TArgs)}): {error.InnerException!.Message}";
        }
    }

    internal sealed override bool AreSameArgs(string? stored, string? given)
    {
        if (stored == given) return true;
        // A handler may look at args that it does not take.
        if (typeof(TArgs) == typeof(Unit)) return given is null;
        return stored is not null && given is not null && Json.WriteAgain<TArgs>(stored) is { } now && now == Json.WriteAgain<TArgs>(given);
    }

    internal sealed override JobHandler With(JobStage stage, Func<IServiceProvider, StageWrap> wrap) =>
        new WrappedJobHandler<TArgs, TResult>(this, stage, wrap);
}
