using Npgsql;
using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>What a claim brought.</summary>
/// <param name="Now">The database's time.</param>
/// <param name="Rows">The jobs, longest due first.</param>
/// <param name="MeetsSuspect">A job with losses is ready, and nothing was claimed.</param>
/// <param name="BecameIdle">Nothing was ready, and from now on the worker is told when something is.</param>
/// <param name="IsCrowded">There was enough of all types together, so that if it brought less, others were just claiming the rest.</param>
internal sealed record Claimed(DateTime Now, List<ClaimedRow> Rows, bool MeetsSuspect, bool BecameIdle, bool IsCrowded)
{
    public IReadOnlyList<ReservedJob> Jobs { get; set; } = [];

    /// <summary>The place up to which nothing is left of any type: claims skip what others hold, and so get further with one type than with another.</summary>
    public DueJob FirstOfLasts()
    {
        var last = Rows[^1];
        var seen = new HashSet<int>();
        for (var i = Rows.Count - 1; i >= 0; i--)
            if (seen.Add(Rows[i].Type)) last = Rows[i];
        return new DueJob(last.RunAt, last.Run, last.No);
    }

    public static Claimed Read(NpgsqlDataReader rows)
    {
        var (now, isCrowded, jobs) = (default(DateTime), false, new List<ClaimedRow>());
        while (rows.Read())
        {
            now = rows.GetDateTime(0);
            isCrowded = rows.GetBoolean(17);
            if (rows.IsDBNull(3)) return new Claimed(now, [], rows.GetBoolean(15), rows.GetBoolean(16), isCrowded);
            jobs.Add(ClaimedRow.Read(rows));
        }

        jobs.Sort(ClaimedRow.Compare);
        return new Claimed(now, jobs, MeetsSuspect: false, BecameIdle: false, isCrowded);
    }
}
