using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>A worker that the scenario plays itself, one verb of the store at a time.</summary>
internal static class Played
{
    public static async Task<WorkerId> RegisterAsync(IJobStore store)
    {
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "played", TimeSpan.FromMinutes(10)) { Types = [StepJob.Type] });
        return worker;
    }

    /// <summary>As many leases as there are jobs ready, up to so many, of a worker of their own.</summary>
    public static async Task<IReadOnlyList<JobLease>> ReserveAsync(IJobStore store, int most) => [.. (await ReserveAsync(store, await RegisterAsync(store), most)).Select(job => job.Lease)];

    public static async Task<List<ReservedJob>> ReserveAsync(IJobStore store, WorkerId worker, int most)
    {
        var jobs = new List<ReservedJob>();
        while (jobs.Count < most)
        {
            var claimed = await store.ReserveAsync(new ReserveRequest(worker, [new ReserveType(StepJob.Type, [])], most - jobs.Count));
            if (claimed.Count == 0) break;
            jobs.AddRange(claimed);
        }

        return jobs;
    }

    /// <summary>Waits until so many sessions stand still at a lock, of a barrier's or of each other.</summary>
    public static Task WaitingAsync(string database, int sessions) => Arena.UntilAsync(
        $"{sessions} transactions wait for a lock",
        async () => await Db.CountAsync(database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name <> 'test'") >= sessions);
}
