using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>Leases as the arrays that statements take.</summary>
internal static class LeaseArrays
{
    public static long[] Runs(this JobLease[] leases) => Array.ConvertAll(leases, lease => lease.Run.Number);

    public static int[] Numbers(this JobLease[] leases) => Array.ConvertAll(leases, lease => lease.Job);

    public static long[] Leases(this JobLease[] leases) => Array.ConvertAll(leases, lease => lease.Number);
}
