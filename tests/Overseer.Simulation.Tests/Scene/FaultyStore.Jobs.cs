using Overseer.Stores;

namespace Overseer.Simulation.Tests;

internal sealed partial class FaultyStore
{
    public async Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default)
    {
        var gifts = new Gifts();
        return await HearAsync(gifts, AskAsync(
            async () =>
            {
                var given = await back.Store.ReserveAsync(request, CancellationToken.None);
                back.History.Reserved(given);
                Keep(gifts, given);
                return given;
            },
            cancellationToken));
    }

    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default) => await AskAsync(
        async () =>
        {
            var told = Named(endings);
            var answers = await back.Store.EndAsync(told, CancellationToken.None);
            back.History.Ended(endings, answers, []);
            return answers;
        },
        cancellationToken);

    public async Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        var gifts = new Gifts();
        return await HearAsync(gifts, AskAsync(
            async () =>
            {
                var ended = await back.Store.EndAndReserveAsync(Named(endings), handOver, CancellationToken.None);
                back.History.Ended(endings, ended.Answers, ended.HandedOver);
                Keep(gifts, ended.HandedOver);
                return ended;
            },
            cancellationToken));
    }

    // The stores draw the delay of a next try; here it is drawn from the seed.
    private List<JobEnding> Named(IReadOnlyList<JobEnding> endings) =>
        [.. endings.Select(ending => back.Twist == Twist.LeasesForged ? ending with { Lease = back.History.HolderOf(ending.Lease) } : ending).Select(ending => ending switch
        {
            JobEnding.Fail { Delay: null } fail => fail with { Delay = PostponeDelay.After(1, back.Stage.Random.NextDouble()) },
            JobEnding.Postpone { Delay: null } postpone => postpone with { Delay = PostponeDelay.After(1, back.Stage.Random.NextDouble()) },
            _ => ending,
        })];

    private async Task<T> HearAsync<T>(Gifts gifts, Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch
        {
            gifts.AreLost = true;
            lostGifts.AddRange(gifts.Leases);
            throw;
        }
    }

    // An answer that nobody waits for any more may come later than that was noticed.
    private void Keep(Gifts gifts, IReadOnlyList<ReservedJob> given)
    {
        gifts.Leases.AddRange(given.Select(job => job.Lease));
        if (gifts.AreLost) lostGifts.AddRange(gifts.Leases);
    }

    private async Task GiveBackAsync()
    {
        if (back.Twist == Twist.LostGiftsKept || lostGifts.Count == 0) return;
        JobEnding[] releases = [.. lostGifts.Select(lease => new JobEnding.Release(lease))];
        lostGifts.Clear();
        var answers = await back.Store.EndAsync(releases, CancellationToken.None);
        back.History.Ended(releases, answers, []);
    }

    private sealed class Gifts
    {
        public List<JobLease> Leases { get; } = [];

        public bool AreLost { get; set; }
    }
}
