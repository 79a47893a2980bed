namespace Overseer.Generators.Tests;

/// <summary>Sound files that use everything there is, to be damaged.</summary>
internal static class DamagedSources
{
    private const string Usings = Sources.Usings + """
        using Microsoft.Extensions.DependencyInjection;

        """;

    /// <summary>What the pools of <see cref="Damage"/> name: part of one file, and a library for the others.</summary>
    private const string Shared = """
        public sealed record Rows(int Count);
        public sealed record CleanRows(string? Path, int Kept) { }
        public sealed record Args(int Day);
        public class Generic<T> { public T? Value; }
        public static class Static { public const string Name = "static"; }
        [Obsolete] public record Old(int Id);
        [Obsolete("gone", true)] public record Gone(int Id);
        public class Outer { [JobType("inner")] public class Inner { public int Process() => 1; } [JobType("hidden")] private class Hidden { public int Process() => 1; } }
        file class Local { }
        public class @class { }

        public class Timing(TimeProvider clock) : IJobHarness
        {
            public async ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage)
            {
                try { return await stage(job); } catch (Exception error) { Console.WriteLine(error + clock.ToString()); throw; }
            }
        }

        public class Giver : IJobHarness<Uri>
        {
            public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<Uri, TResult> stage) => stage(job, new Uri("x:y"));
        }

        public class Explicit : IJobHarness
        {
            ValueTask<TResult> IJobHarness.InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage) => stage(job);
        }

        """;

    private const string Pipeline = Usings + "namespace Space;\n" + Shared + """
        [JobType("load")]
        public class Load(Uri address, [FromKeyedServices("k")] Version? version = null)
        {
            public async Task<Rows> Process(Args args, CancellationToken cancellationToken)
            {
                await Task.Delay(1, cancellationToken);
                return new(args.Day + address.Port + (version?.Major ?? 0));
            }
        }

        [JobType("clean")]
        [DependsOn<Load>]
        [Harness<Timing>(Stage = JobStage.PostProcess), Harness<Giver>]
        public sealed partial class Clean
        {
            public void PreProcess(JobContext job) { if (job.Attempt > 3) throw job.AbortSilently("nothing to clean"); }
            public CleanRows ProcessAsync(Args args, Rows raw, Uri uri, [FromServices] IServiceProvider services) => new(uri.ToString() + services, args.Day + raw.Count);
            public ValueTask<CleanRows> PostProcess(JobContext job, CleanRows result, [FromKeyedServices(7)] Version version) => new(result);
        }

        [JobType("publish")]
        [DependsOn(typeof(Clean), typeof(Load))]
        [JobGraph("Daily"), JobGraph("Nightly")]
        internal class Publish { public void Process([ResultOf<Clean>] CleanRows rows, int? number, JobContext job) => Console.WriteLine((rows, number, job)); }
        """;

    private const string Bodies = Usings + """
        [JobType("load")] public class Load
        {
            public Task<List<string?>> Process(JobContext job, (int One, string? Two) args)
            {
                try { Help(job); } catch (Exception error) { Console.WriteLine(error); }
                Thread.Sleep(1);
                var number = Task.FromResult(1).Result;
                return Task.FromResult(new List<string?> { args.Two, number.ToString() });
            }

            private static void Help(JobContext job) => throw job.Fault("later", TimeSpan.FromSeconds(1));
        }

        public abstract class Base<T> { public abstract Task<T?> Process(T args); public virtual void PostProcess(T? result) { } }

        namespace Clean
        {
            [JobType("clean"), DependsOn<Load>, DependsOn<Outer.Inner>] public class Clean : Base<Rows>
            {
                public override async Task<Rows?> Process(Rows args) { await Task.Delay(1); await Task.WhenAny(Task.Delay(2)); return args; }
            }

            public static class Graphs
            {
                private static readonly Dictionary<string, string[]> Known = new() { ["load"] = [], ["clean"] = new[] { "load" } };
                public static JobGraph Make() => JobGraph.FromTypes(Known);
                public static JobGraph Other() { var graph = new Dictionary<string, string[]> { ["clean"] = ["load", "inner"] }; return JobGraph.FromTypes(graph, 7); }
                public static JobHandlerMap All(JobHandlerMap map) => map.With("other", (job, token) => Task.Delay(1, token));
            }
        }

        [JobType("publish"), DependsOn(typeof(Load)), DependsOn<Clean.Clean>, Harness<Explicit>(Order = -1), Harness<Timing>]
        public partial record class Publish(TimeProvider Clock) { public void Process(Rows? rows) { } }
        [JobType("end"), DependsOn<Load>, DependsOn<Load>, DependsOn<Clean.Clean>] public record class End(IServiceProvider Services)
        {
            public required int? Number { get; init; } = 1;
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public End(IServiceProvider services, DayOfWeek day = DayOfWeek.Friday) : this(services) { }
            public IEnumerable<int> Process(IReadOnlyList<string?> text, Rows? rows, CancellationToken token) { yield return text.Count + (rows?.Count ?? 0); }
            public IEnumerable<int> PostProcess(IEnumerable<int> numbers) => numbers;
        }
        """;

    private const string OfAssembly = Usings + """
        [assembly: Harness<Timing>(Order = 2)]
        [assembly: Harness<Giver>(Stage = JobStage.PreProcess)]

        namespace Space
        {
        [JobType("load")] public class Load { public int[] Process(string? args = "a") => []; public int[] PostProcess(int[] all, string? args) => all; }
        namespace Two { [JobType("two.load")] [JobGraph("Load")] public class Load { public string Process(params string[] texts) => string.Concat(texts); } }
        namespace @event { [JobType("three-load")] public class Load { public ValueTask<DateTime?> Process(Uri? uri, string args, decimal more) => new((DateTime?)null); } }
        [JobType("clean"), DependsOn(typeof(Load), typeof(Two.Load), typeof(@event.Load))]
        public class Clean
        {
            [ActivatorUtilitiesConstructor] public Clean(TimeProvider clock) { }
            public Clean(IServiceProvider services, int number) { }
            public void PreProcess(Uri uri) { }
            public Rows? Process([ResultOf<Load>] IReadOnlyList<int> numbers, [ResultOf<Two.Load>] string text, DateTime? when) => null;
        }
        [JobType("publish"), DependsOn<Clean>] public class Publish { public void Process(Rows? rows, Args args) { } }
        [JobType("other"), DependsOn<Clean>] public class Other { public Task PreProcess(Args args) => Task.CompletedTask; public dynamic Process(Args args, object rows) => args; }
        }
        """;

    public static string Library => Usings + Shared;

    public static IReadOnlyList<string> All { get; } = [Sources.Reports, Pipeline, Bodies, OfAssembly];
}
