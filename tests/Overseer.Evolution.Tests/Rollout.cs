using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>Two builds of an app, the old one with a run in its store.</summary>
internal sealed class Rollout : IDisposable
{
    private readonly AppBuild old;
    private readonly AppBuild next;

    /// <param name="change">What lies between the builds.</param>
    /// <param name="after">The code of the new one.</param>
    public Rollout(Change change, string after)
    {
        old = new AppBuild(change.Before, change.Stored);
        next = new AppBuild(after);
    }

    /// <summary>How the run ends under the new build, for each number of jobs that the old one may have finished before.</summary>
    public Task<IReadOnlyList<string>> EndByNewAsync() => EndAsync(old, next);

    /// <summary>The same with the builds exchanged: workers of the old one go on where the new one has begun.</summary>
    public Task<IReadOnlyList<string>> EndByOldAsync() => EndAsync(next, old);

    public void Dispose()
    {
        old.Dispose();
        next.Dispose();
    }

    private async Task<IReadOnlyList<string>> EndAsync(AppBuild first, AppBuild then)
    {
        await using var unchanged = await StoredRun.InsertAsync(old);
        var expected = await unchanged.WorkAsync(old);
        Assert.Equal(Ending.Well, expected.Words);
        var endings = new List<string>();
        for (var done = 0; done < old.CreateGraph().Jobs.Length; done++)
        {
            await using var run = await StoredRun.InsertAsync(old);
            await run.WorkAsync(first, done);
            endings.Add((await run.WorkAsync(then)).Than(expected));
        }

        return endings;
    }
}
