namespace Overseer;

/// <summary>Statuses and reasons as the words that views, logs and pages use.</summary>
public static class JobWords
{
    private static readonly string[] Statuses = ["unstarted", "started", "finished", "failed", "aborted"];

    private static readonly string[] RunStatuses = ["active", "finished", "failed", "aborted"];

    private static readonly string[] Reasons =
    [
        "", "exception", "timeout", "worker_lost", "attempts_exhausted", "result_rejected", "unreadable",
        "abort", "abort_silent", "cancelled", "skipped", "dependency_failed", "dependency_aborted",
    ];

    /// <summary>The status as a word, such as <c>unstarted</c>.</summary>
    public static string ToWord(this JobStatus status) => Word(Statuses, (int)status);

    /// <summary>The status as a word, such as <c>active</c>.</summary>
    public static string ToWord(this RunStatus status) => Word(RunStatuses, (int)status);

    /// <summary>The reason as a word, such as <c>worker_lost</c>.</summary>
    public static string ToWord(this JobReason reason) => Word(Reasons, (int)reason);

    // A row may have been edited by hand, or written by a later version.
    private static string Word(string[] words, int number) => (uint)number < (uint)words.Length ? words[number] : $"unknown ({number})";
}
