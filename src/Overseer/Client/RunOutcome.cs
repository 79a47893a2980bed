namespace Overseer;

/// <summary>How a run ended.</summary>
/// <param name="Run">The run, with its counts.</param>
/// <param name="Problems">The jobs that failed or were aborted of themselves, the first hundred; what they closed is only counted.</param>
public sealed record RunOutcome(Run Run, IReadOnlyList<Job> Problems)
{
    /// <summary>The run's status.</summary>
    public RunStatus Status => Run.Status;

    /// <summary>Whether it finished.</summary>
    public bool IsFinished => Run.Status == RunStatus.Finished;

    /// <summary>One line for people: the status, the counts and the first problem.</summary>
    public override string ToString()
    {
        var text = $"run {Run.Id} {Status.ToWord()}: {Run.Finished} of {Run.Jobs} jobs finished";
        if (Run.Failed > 0) text += $", {Run.Failed} failed";
        if (Run.Aborted > 0) text += $", {Run.Aborted} aborted";
        return Problems.Count == 0 ? text : InOneLine($"{text}; {Problems[0]}: {Problems[0].Failure?.Message ?? Problems[0].Reason?.ToWord()}");
    }

    private static string InOneLine(string text) =>
        string.Join(' ', text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
