namespace Overseer;

/// <summary>
/// What people and tools ask of a store: what is there, how far is it, and why does a job not run. <c>UsePostgres</c> registers it, and
/// <c>PostgresJobStore</c> implements it. It only reads, and locks nothing. Thread-safe.
/// </summary>
public interface IJobQueries
{
    /// <summary>
    /// Lists jobs page by page: those of one run in the order of their numbers, otherwise the newest runs first and in each the highest
    /// number first. Jobs that come in or change meanwhile make no job appear twice or be left out.
    /// </summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="after">What the page before gave as <see cref="JobPage.Next"/>; null for the first page.</param>
    /// <param name="limit">The most jobs of a page: 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException"><paramref name="after"/> came from no page of such a list, or the limit is out of its range.</exception>
    Task<JobPage> ListJobsAsync(JobFilter filter, string? after = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Lists runs page by page, the newest first.</summary>
    /// <param name="filter">Which runs.</param>
    /// <param name="after">What the page before gave as <see cref="RunPage.Next"/>; null for the first page.</param>
    /// <param name="limit">The most runs of a page: 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException"><paramref name="after"/> came from no page of such a list, or the limit is out of its range.</exception>
    Task<RunPage> ListRunsAsync(RunFilter filter, string? after = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>What there is to do now, by job type, in the order of their names; types without any are left out. Takes time in proportion to that. Jobs that wait for dependencies are not counted here: ask for their run.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<TypeBacklog>> CountBacklogAsync(CancellationToken cancellationToken = default);

    /// <summary>A run, and its jobs counted by type and status. Null if there is no such run. Reads every job of the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<RunSummary?> SummarizeRunAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Says why a job is not running, or what became of it. Null if there is no such job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<JobExplanation?> ExplainAsync(JobId job, CancellationToken cancellationToken = default);
}
