namespace Overseer;

/// <summary>Why a job is not running, or what became of it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Condition">The one thing that it is waiting for first.</param>
/// <param name="Message">The same in a sentence or two, for people, with what to do about it where something can be done.</param>
public sealed record JobExplanation(Job Job, JobCondition Condition, string Message)
{
    /// <summary>The first twenty of the dependencies it waits for, in the order of their numbers; <see cref="Job.WaitingOn"/> says how many there are.</summary>
    public IReadOnlyList<Job> WaitingFor { get; init; } = [];

    /// <summary>When it is due, or until when its worker holds it; null if neither is asked.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many ready jobs of its type come before it: at most 1,000 are counted.</summary>
    public int Before { get; init; }

    /// <summary>How many workers are alive that have a handler for its type.</summary>
    public int Workers { get; init; }
}
