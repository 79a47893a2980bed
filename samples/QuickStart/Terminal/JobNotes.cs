using System.Globalization;
using Overseer;

namespace QuickStart;

/// <summary>One line about one job: what it waits for, what came out, or what went wrong.</summary>
internal static class JobNotes
{
    public static async Task<string> OfAsync(RunHandle run, Job job, OverseerOptions options, TimeProvider clock) => job.Status switch
    {
        JobStatus.Unstarted when job.WaitingOn > 0 => $"waits for {Words.Count(job.WaitingOn, "job")}",
        JobStatus.Started when job.Heartbeat is { } beat && clock.GetUtcNow() - beat > options.HeartbeatSleep * 2 =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"its worker has been silent for {(clock.GetUtcNow() - beat).TotalSeconds:0.0} s; after {options.LeaseTime.TotalSeconds:0.0} s it is taken for dead"),
        JobStatus.Started when job.Losses > 0 => "once more, as its last worker died",
        JobStatus.Finished => await ResultAsync(run, job),
        JobStatus.Failed or JobStatus.Aborted => (job.Failure?.Message ?? job.Reason?.ToWord() ?? "").Split('\n')[0].TrimEnd(':'),
        _ => "",
    };

    private static async Task<string> ResultAsync(RunHandle run, Job job)
    {
        if (job.Type == JobTypes.Read.Name) return Words.Count((await run.ResultAsync(JobTypes.Read)).Rows, "row");
        if (job.Type == JobTypes.Clean.Name)
        {
            var clean = await run.ResultAsync(JobTypes.Clean);
            return $"{Words.Count(clean.Days, "day")} kept, {Words.Whole(clean.Steps.Sum(step => step.Count))} corrected or dropped";
        }

        if (job.Type == JobTypes.AnalyseClimate.Name)
        {
            var climate = await run.ResultAsync(JobTypes.AnalyseClimate);
            return $"{Words.Number(climate.MeanTemperature)} °C and {Words.Whole(climate.Precipitation)} mm in a mean year";
        }

        if (job.Type == JobTypes.FindExtremes.Name)
        {
            var extremes = await run.ResultAsync(JobTypes.FindExtremes);
            return $"{Words.Number(extremes.Coldest.Value)} to {Words.Number(extremes.Hottest.Value)} °C, {Words.Count(extremes.LongestDry?.Days ?? 0, "dry day")} in a row";
        }

        return $"{Words.Whole((await run.ResultAsync(JobTypes.WriteReport)).Characters)} characters of HTML";
    }
}
