namespace Overseer.Simulation.Tests;

/// <summary>A small world: where it starts, what may happen next, and what must hold.</summary>
internal abstract class World<TState>
    where TState : IEquatable<TState>
{
    public abstract TState Start { get; }

    public abstract IEnumerable<WorldStep<TState>> StepsFrom(TState state);

    public abstract string? FindBreach(TState state);

    public abstract bool IsDone(TState state);

    /// <summary>One of all the states that differ in nothing that matters.</summary>
    public virtual TState Fold(TState state) => state;
}
