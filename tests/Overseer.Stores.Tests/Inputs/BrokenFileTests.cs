using CsCheck;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>A file that was cut off, overwritten in places or put together by somebody else is used or refused by name; nothing else comes out of it.</summary>
public sealed class BrokenFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public async Task A_damaged_file_is_used_or_refused_by_name()
    {
        var whole = await WholeAsync();
        var cuts = Gen.Select(Gen.Int[0, whole.Length], Gen.Const(Array.Empty<(int, byte)>()));
        var pokes = Gen.Select(Gen.Const(whole.Length), Gen.Select(Gen.OneOf(Gen.Int[0, 4095], Gen.Int[0, whole.Length - 1]), Gen.Byte).Array[1, 40]);
        var number = 0;
        await Gen.OneOf(cuts, pokes).SampleAsync(
            async damage =>
            {
                var (length, changes) = damage;
                var bytes = whole[..length];
                foreach (var (place, value) in changes) bytes[place] = value;
                var file = folder.File($"damaged-{Interlocked.Increment(ref number)}.db");
                await File.WriteAllBytesAsync(file, bytes);
                try
                {
                    await UseAsync(file);
                }
                catch (StoreUnusableException error)
                {
                    Assert.StartsWith($"Store '{file}' cannot be used: ", error.Message, StringComparison.Ordinal);
                }
                catch (SqliteException error)
                {
                    Assert.True(error.Message.Length > 20, error.Message);
                }
                catch (JobConflictException)
                {
                    // A fingerprint was damaged.
                }
            },
            iter: 120, threads: 1);
    }

    private async Task<byte[]> WholeAsync()
    {
        var file = folder.File("whole.db");
        await using (var store = new SqliteJobStore(file))
        {
            await store.InstallAsync();
            for (var i = 0; i < 20; i++) await store.InsertAsync(Sample($"key {i}"));
        }

        return await File.ReadAllBytesAsync(file);
    }

    private static async Task UseAsync(string file)
    {
        await using var store = new SqliteJobStore(file);
        await store.InstallAsync();
        var run = (await store.InsertAsync(Sample("key 1"))).Run;
        await store.ListJobsAsync(run);
        await store.GetRunAsync(run);
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "", TimeSpan.FromMinutes(1)));
        foreach (var job in await store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("a", [])], 10))) await store.EndAsync([new JobEnding.Finish(job.Lease, "1")]);
        await store.SweepAsync(3, 100);
        await store.CancelRunAsync(run);
    }

    private static JobGraph Sample(string key)
    {
        var builder = new JobGraphBuilder("Sample");
        var job = builder.Add(Job.FromJson("a", """{"text":"some args"}"""));
        builder.DependsOn(builder.Add(Job.FromJson("b", null, $"b of {key}")), job);
        return builder.Build(key);
    }

    public void Dispose() => folder.Dispose();
}
