namespace Overseer.Generators.Tests;

internal static class Sources
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Overseer;

        """;

    /// <summary>The example of the guide.</summary>
    public const string Reports = Usings + """
        using System.Net.Http;
        namespace Reports;

        public sealed record ReportArgs(int OrgId, DateOnly Day);
        public sealed record RawRows(string Path, int Count);
        public sealed record CleanRows(string Path, int Kept);

        [JobType("extract")]
        public sealed class Extract(HttpClient http)
        {
            public async Task<RawRows> Process(ReportArgs args, CancellationToken cancellationToken) =>
                new(await http.GetStringAsync($"https://rows/{args.OrgId}", cancellationToken), 1);
        }

        [JobType("clean")]
        [DependsOn<Extract>]
        [Harness<Timing>(Stage = JobStage.PostProcess)]
        public sealed class Clean
        {
            public void PreProcess(JobContext job) { if (job.Attempt > 3) throw job.AbortSilently("nothing to clean"); }
            public CleanRows Process(ReportArgs args, RawRows raw) => new(raw.Path, args.OrgId);
            public Task PostProcess(JobContext job, CleanRows result) => Task.CompletedTask;
        }

        [JobType("publish")]
        [DependsOn<Clean>]
        [JobGraph("DailyReport")]
        public sealed class Publish { public void Process(CleanRows rows) { } }

        public sealed class Timing(TimeProvider clock) : IJobHarness
        {
            public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
            {
                var started = clock.GetTimestamp();
                try { return await stage(job); }
                finally { Console.WriteLine($"{job.Type} {clock.GetElapsedTime(started)}"); }
            }
        }
        """;
}
