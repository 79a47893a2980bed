namespace Overseer.Simulation.Tests;

/// <summary>One process on the stage: what it has to go on with waits here until the stage picks it.</summary>
internal sealed class Actor(Stage stage, string name) : TaskScheduler
{
    private readonly List<Task> queue = [];

    public string Name => name;

    /// <summary>Nothing of it ever goes on.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Until it thaws nothing of it goes on.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>When it was last frozen or thawed, in ticks.</summary>
    public long FrozenAt { get; private set; } = long.MinValue / 2;

    public int Ready => IsFrozen ? 0 : queue.Count;

    public Task Run(Func<Task> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public Task<T> Run<T>(Func<Task<T>> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public Task Run(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    public void RunOne(int index)
    {
        var task = queue[index];
        queue[index] = queue[^1];
        queue.RemoveAt(queue.Count - 1);
        TryExecuteTask(task);
    }

    public void Die()
    {
        IsDead = true;
        queue.Clear();
    }

    public void Freeze(TimeSpan time)
    {
        if (IsDead || IsFrozen) return;
        (IsFrozen, FrozenAt) = (true, stage.Time.Ticks);
        stage.Time.After(time, Thaw);
    }

    private void Thaw() => (IsFrozen, FrozenAt) = (false, stage.Time.Ticks);

    protected override void QueueTask(Task task)
    {
        stage.CheckThread();
        if (!IsDead) queue.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => queue;
}
