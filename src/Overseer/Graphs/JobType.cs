namespace Overseer;

/// <summary>The name of a kind of job. The generator gives one typed token per handler as <c>JobTypes.{Class}</c>.</summary>
/// <param name="name">The stored name.</param>
public abstract class JobType(string name)
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>The names its jobs were stored under before, by which their results are found as well. Default: none.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The stored name.</summary>
    public override string ToString() => Name;
}

/// <summary>The token of a job type that takes <typeparamref name="TArgs"/> and gives no result.</summary>
/// <typeparam name="TArgs">Its args; <see cref="Unit"/> if it takes none.</typeparam>
/// <param name="name">The stored name.</param>
/// <param name="json">How args and results are read and written. Default: by reflection.</param>
public class JobType<TArgs>(string name, PayloadJson? json = null) : JobType(name)
{
    internal PayloadJson Json => json ?? PayloadJson.Default;
}

/// <summary>The token of a job type that takes <typeparamref name="TArgs"/> and gives a <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TArgs">Its args; <see cref="Unit"/> if it takes none.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
/// <param name="name">The stored name.</param>
/// <param name="json">How args and results are read and written. Default: by reflection.</param>
public sealed class JobType<TArgs, TResult>(string name, PayloadJson? json = null) : JobType<TArgs>(name, json);
