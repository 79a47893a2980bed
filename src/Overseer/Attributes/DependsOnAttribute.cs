namespace Overseer;

/// <summary>The job runs after the jobs of these handlers have finished. The only thing that makes an edge of a graph.</summary>
/// <param name="handlers">Handler classes, each with <see cref="JobTypeAttribute"/> (OVS201).</param>
/// <seealso cref="DependsOnAttribute{THandler}"/>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DependsOnAttribute(params Type[] handlers) : Attribute
{
    /// <summary>The handlers this one depends on.</summary>
    public IReadOnlyList<Type> Handlers { get; } = handlers;
}

/// <summary>The job runs after the job of <typeparamref name="THandler"/> has finished. The only thing that makes an edge of a graph.</summary>
/// <typeparam name="THandler">A handler class with <see cref="JobTypeAttribute"/> (OVS201).</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DependsOnAttribute<THandler> : Attribute;
