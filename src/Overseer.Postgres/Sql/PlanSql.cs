namespace Overseer.Postgres.Sql;

/// <summary>How the server has to plan what workers ask, for the transaction that asks it.</summary>
/// <remarks>
/// A plan is kept by the session that made it, and the tables grow and shrink faster than they are counted. A table that a vacuum has left empty is
/// believed to stay so: reading it whole costs nothing then, and a queue of 400,000 jobs is read whole later. A table of which an old snapshot
/// keeps the dead rows is believed to hold next to nothing in many pages, and a bitmap of it, sorted, to be cheaper than the index in its order, so that
/// each claim visits all that is dead (seen: 40 to 120 ms instead of 1). What workers and inserts ask is made to walk indexes, so the planner is not asked.
/// Nor may it compile one because of what it believes of the costs, or make one for each set of values: what it makes for all of them is as good here,
/// but looks dearer, since of an array that is not known it believes that it has ten elements; then each claim is planned anew, in 1 to 5 ms.
/// The settings end with the transaction; setting the first two took 5 µs, all four 7 to 42 µs in three pairs on a noisy machine, measured with the woken claim.
/// </remarks>
internal static class PlanSql
{
    public const string ByIndex =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    // A process that is stopped in the middle of its transaction must not hold its locks for ever.
    public const string ByIndexAndNotIdle = $"{ByIndex}, set_config('idle_in_transaction_session_timeout', '30s', true)";
}
