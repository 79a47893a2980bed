using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Lock;

/// <summary>What runs that are stored need, held against what the code gives: OVS601 and OVS602.</summary>
internal sealed class LockComparison
{
    private readonly LockModel stored;
    private readonly LockedCode code;
    private readonly ShapeComparison shapes;
    private readonly List<LockFinding> findings = [];

    private LockComparison(LockModel stored, LockedCode code)
    {
        this.stored = stored;
        this.code = code;
        shapes = new(stored, code.Model);
    }

    /// <summary>Everything that a change would strand or corrupt.</summary>
    public static IReadOnlyList<LockFinding> Find(LockModel stored, LockedCode code)
    {
        var comparison = new LockComparison(stored, code);
        comparison.CheckSettings();
        foreach (var job in stored.Jobs) comparison.CheckJob(job.Key, job.Value);
        foreach (var graph in stored.Graphs) comparison.CheckGraph(graph.Key, graph.Value);
        return comparison.findings;
    }

    private void CheckSettings()
    {
        if (stored.Jobs.Count == 0 || stored.Settings == code.Model.Settings) return;
        findings.Add(new(
            RuleId.Unreadable,
            new(LockFormat.Settings),
            "The linked JsonSerializerContext",
            $"had the settings \"{stored.Settings}\" where runs are stored, and has \"{code.Model.Settings}\" now",
            "give it the same [JsonSourceGenerationOptions] as before"));
    }

    private void CheckJob(string name, LockedJob job)
    {
        foreach (var stale in job.FormerNames.Prepend(name).Where(stale => code.FindHandler(stale) is null)) findings.Add(Stranded(name, stale, job));
        if (code.FindHandler(name) is not { } handler || !code.IsOwn(handler)) return;
        if (code.FindArgs(handler) is { } args)
        {
            var now = code.Shapes.Read(args.Type);
            if (job.Args is { } was) Add(shapes.Find(was, now, $"The args of '{name}'"), args);
            else findings.Add(new(RuleId.Unreadable, At(args), $"{handler.Handler.ClassName}", "takes args now, and stored jobs of its type have none", "give it a job type of its own, and keep a handler without args with Retired = true"));
        }

        if (code.FindResult(handler) is not { } result) CheckLostResult(name, handler, job);
        else if (job.Result is { } gave) Add(shapes.Find(gave, code.Shapes.Read(result.Type), $"The result of '{name}'"), result);
        else CheckNewResult(name, handler, result);
    }

    private void CheckLostResult(string name, BoundHandler handler, LockedJob job)
    {
        if (job.Result is null || stored.Jobs.FirstOrDefault(other => other.Value.Inputs.Contains(name)).Key is not { } taker) return;
        findings.Add(new(
            RuleId.StrandedRuns,
            new(null, Handler: handler.Handler.Key, Target: ProcessOf(handler)),
            handler.Handler.ClassName,
            $"gives no result any more, and workers of the last build take one of '{name}' for '{taker}'",
            $"go on giving it for one release in which nobody takes it, and update {LockFormat.FileName} in between"));
    }

    private static RuleTarget ProcessOf(BoundHandler handler) => RuleTarget.Stage(handler.Handler.Stages.ToList().FindIndex(stage => stage.Kind == StageKind.Process));

    private void CheckNewResult(string name, BoundHandler handler, JsonPlace result)
    {
        var taker = code.Table.OwnHandlers.FirstOrDefault(other => other.Inputs.Any(input => input.Key == handler.Handler.Key));
        if (taker is null) return;
        findings.Add(new(
            RuleId.StrandedRuns,
            At(result),
            handler.Handler.ClassName,
            $"gives a result now, which {taker.Handler.ClassName} takes, and stored jobs of '{name}' have finished without one",
            "give it a job type of its own, and keep the old handlers with Retired = true"));
    }

    private LockFinding Stranded(string name, string stale, LockedJob job)
    {
        var place = new LockPlace(LockReader.Place(LockFormat.Jobs, name));
        if (stale != name)
        {
            return new(RuleId.StrandedRuns, place, $"Job type '{stale}'", $"is a former name of '{name}', which no handler takes any more", $"keep it in Formerly, or take it out of {LockFormat.FileName} once no stored run has a job of it")
            {
                StoredName = stale,
                Successor = code.FindHandler(name) is { } handler && code.IsOwn(handler) ? handler.Handler.Key : null,
            };
        }

        var successor = FindSuccessor(job);
        var remedy = successor is null
            ? $"keep it with Retired = true, or take it out of {LockFormat.FileName} once no stored run has a job of it"
            : $"if {successor.ClassName} handles them now, say [JobType(\"{successor.JobType}\", Formerly = [\"{name}\"])]; else keep the old handler with Retired = true";
        return new(RuleId.StrandedRuns, place, $"Job type '{name}'", "is stored, and nobody handles it now", remedy) { StoredName = name, Successor = successor?.Key };
    }

    /// <summary>The one handler that is new and takes and gives the same, if there is one.</summary>
    private HandlerModel? FindSuccessor(LockedJob job)
    {
        var alike = code.Table.OwnHandlers
            .Select(candidate => candidate.Handler)
            .Where(candidate => !stored.Jobs.ContainsKey(candidate.JobType!) && code.Model.Jobs[candidate.JobType!] is var now && IsAlike(job.Args, now.Args) && IsAlike(job.Result, now.Result))
            .Take(2)
            .ToList();
        return alike.Count == 1 ? alike[0] : null;
    }

    private bool IsAlike(LockedValue? was, LockedValue? now) =>
        was is null ? now is null : now is not null && new ShapeComparison(stored, code.Model).Find(was, now, "").Count == 0;

    private void CheckGraph(string name, LockedGraph graph)
    {
        foreach (var job in graph.Dependencies)
        {
            var place = LockReader.Place(LockFormat.Graphs, name, job.Key);
            if (code.FindHandler(job.Key) is not { } handler)
            {
                // Of one's own it has been told.
                if (!stored.Jobs.ContainsKey(job.Key))
                    findings.Add(new(RuleId.StrandedRuns, new(place), $"Job type '{job.Key}'", $"is stored in runs of '{name}', and nobody handles it now", "reference the library that handles it, or keep its name in the Formerly of another handler"));
                continue;
            }

            var upstream = job.Value.Select(dependency => code.FindHandler(dependency)?.Handler.Key).ToList();
            // One that nobody handles has been told, and may be the one that is wanted.
            if (upstream.Contains(null)) continue;
            foreach (var input in handler.Inputs.Where(input => !upstream.Contains(input.Key))) Add(handler, input, name, place);
        }
    }

    private void Add(BoundHandler handler, InputModel input, string graph, string place)
    {
        var attribute = handler.Handler.Dependencies.FirstOrDefault(dependency => dependency.Handler.Key == input.Key);
        var at = code.IsOwn(handler) && attribute is not null
            ? new LockPlace(null, Handler: handler.Handler.Key, Target: RuleTarget.Attribute(attribute.Attribute, attribute.Argument))
            : new LockPlace(place);
        // One edge may lack in several graphs.
        if (findings.Any(known => known.Place == at)) return;
        findings.Add(new(
            RuleId.StrandedRuns,
            at,
            handler.Handler.ClassName,
            $"takes the result of '{input.JobType}', which its jobs in stored runs of '{graph}' do not depend on",
            $"give it a job type of its own, and keep the old handler with Retired = true"));
    }

    private void Add(IEnumerable<ShapeFinding> flaws, JsonPlace place)
    {
        foreach (var flaw in flaws)
            findings.Add(new(RuleId.Unreadable, At(place) with { Type = flaw.Type, Member = flaw.Member }, flaw.Thing, flaw.Flaw, flaw.Remedy) { StoredName = flaw.StoredName });
    }

    private static LockPlace At(JsonPlace place) => new(null, Handler: place.Handler, Target: place.Target);
}
