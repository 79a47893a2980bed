using Overseer.Stores;

namespace Overseer;

/// <summary>What a worker has of the process it runs in: threads, chance and ids. One and the same for all, but for those that a test puts on a stage of its own.</summary>
internal class WorkerProcess
{
    /// <summary>The process as it is.</summary>
    public static readonly WorkerProcess This = new();

    public virtual Random Random => Random.Shared;

    public virtual WorkerId NewId() => WorkerId.New();

    /// <summary>Runs a loop on the thread pool.</summary>
    public virtual Task Run(Func<Task> loop) => Task.Run(loop);

    /// <summary>Cancels a token; what is registered on it runs on the thread pool.</summary>
    public virtual Task CancelAsync(CancellationTokenSource source) => source.CancelAsync();

    /// <summary>Does something again and again on a thread of its own, which handlers that fill the pool or the processors cannot hold up.</summary>
    /// <returns>Waits for the thread to end; false if it did not within the time.</returns>
    public virtual Func<TimeSpan, bool> StartThread(string name, TimeSpan every, Action act, CancellationToken until)
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = name, Priority = ThreadPriority.AboveNormal };
        thread.Start();
        return thread.Join;

        void Loop()
        {
            while (!until.WaitHandle.WaitOne(every)) act();
        }
    }
}
