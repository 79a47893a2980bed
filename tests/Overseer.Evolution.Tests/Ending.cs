namespace Overseer.Evolution.Tests;

/// <summary>What a run has come to when nobody has anything left to do for it.</summary>
/// <param name="Words">As the page says it: <c>the run …</c>.</param>
/// <param name="Result">The result of its last job, if it finished.</param>
internal sealed record Ending(string Words, string? Result)
{
    public const string Well = "the run finishes";

    public static Ending Of(RunStatus status, List<Job> jobs) => status switch
    {
        RunStatus.Finished => new(Well, jobs[^1].Result),
        RunStatus.Active => new("the run never ends", null),
        _ => new($"the run fails with `{jobs.First(job => job.Status == JobStatus.Failed).Reason!.Value.ToWord()}`", null),
    };

    /// <summary>In words that also say whether it gave what it should have given.</summary>
    public string Than(Ending expected) => Words == Well && Result != expected.Result ? "the run finishes with another result" : Words;
}
