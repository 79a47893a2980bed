using Overseer;

namespace QuickStart;

/// <summary>A line whenever a job's status changes, for output that is no terminal.</summary>
internal sealed class PlainView : IRunView
{
    private readonly Dictionary<string, (JobStatus Status, string Said)> shown = [];
    private bool isFirst = true;

    public void Show(IReadOnlyList<JobLine> jobs)
    {
        foreach (var job in jobs)
        {
            // A started job's note counts seconds; its first words are enough to say it once.
            var said = job.Status == JobStatus.Started ? job.Note.Split(" for ")[0] : "";
            var before = shown.GetValueOrDefault(job.Type);
            if (before == (job.Status, said)) continue;
            shown[job.Type] = (job.Status, said);
            // What had finished before this start has been said.
            if (job.Status == JobStatus.Unstarted || (isFirst && job.Status == JobStatus.Finished)) continue;
            Console.WriteLine(job.Note.Length == 0 ? $"{job.Type} {job.Status.ToWord()}" : $"{job.Type} {job.Status.ToWord()}: {job.Note}");
        }

        isFirst = false;
    }
}
