using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>Two builds of an app, whose workers share a store.</summary>
internal sealed class Rollout : IDisposable
{
    private readonly AppBuild old;
    private readonly AppBuild next;

    /// <param name="change">What lies between the builds.</param>
    /// <param name="after">The code of the new one.</param>
    public Rollout(Change change, string after)
    {
        old = new AppBuild(change.Before, change.Stored);
        next = new AppBuild(after, change.NewRun);
    }

    /// <summary>How a run of the old build ends under the new one, for each number of jobs that the old one may have finished before.</summary>
    public Task<IReadOnlyList<string>> EndByNewAsync() => EndAsync(old, old, next);

    /// <summary>How it ends where workers of the old build go on when the new ones have begun.</summary>
    public Task<IReadOnlyList<string>> EndByOldAsync() => EndAsync(old, next, old);

    /// <summary>How a run of the new build ends where workers of the old one take what they can of it.</summary>
    public Task<IReadOnlyList<string>> EndNewRunByBothAsync() => EndAsync(next, next, old, next);

    public void Dispose()
    {
        old.Dispose();
        next.Dispose();
    }

    private static async Task<IReadOnlyList<string>> EndAsync(AppBuild inserter, AppBuild first, params AppBuild[] then)
    {
        await using var plain = await StoredRun.InsertAsync(inserter);
        await plain.WorkAsync(inserter);
        var expected = await plain.EndAsync();
        Assert.Equal(Ending.Well, expected.Words);
        var endings = new List<string>();
        for (var done = 0; done < inserter.CreateGraph().Jobs.Length; done++)
        {
            await using var run = await StoredRun.InsertAsync(inserter);
            await run.WorkAsync(first, done);
            foreach (var build in then) await run.WorkAsync(build);
            endings.Add((await run.EndAsync()).Than(expected));
        }

        return endings;
    }
}
