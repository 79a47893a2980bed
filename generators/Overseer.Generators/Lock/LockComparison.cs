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
        foreach (var job in stored.Jobs) comparison.CheckJob(job.Key, job.Value);
        foreach (var graph in stored.Graphs) comparison.CheckGraph(graph.Key, graph.Value);
        return comparison.findings;
    }

    private void CheckJob(string name, LockedJob job)
    {
        var names = job.FormerNames.Prepend(name).ToList();
        foreach (var stale in names.Where(stale => code.FindHandler(stale) is null)) findings.Add(Stranded(name, stale, job));
        // Usually one handler has them all.
        foreach (var handler in names.Select(code.FindHandler).OfType<BoundHandler>().Distinct()) CheckHandler(name, job, handler);
        foreach (var input in job.Inputs) CheckLostResult(name, input);
    }

    private void CheckHandler(string name, LockedJob job, BoundHandler handler)
    {
        if (code.FindArgs(handler) is { } args)
        {
            if (job.Args is { } was) Add(shapes.Find(was, code.Shapes.Read(args.Type), $"The args of '{name}'"), args, name);
            else findings.Add(new(RuleId.Unreadable, At(args, name), handler.Handler.ClassName, "takes args now, and stored jobs of its type have none", "give it a job type of its own, and keep a handler without args with Retired = true"));
        }

        if (job.Result is { } gave && code.FindResult(handler) is { } result) Add(shapes.Find(gave, code.Shapes.Read(result.Type), $"The result of '{name}'"), result, name);
        foreach (var input in handler.Inputs) CheckInput(name, job, handler, input);
    }

    /// <summary>What a handler takes has to be there for the oldest of its stored jobs.</summary>
    private void CheckInput(string name, LockedJob job, BoundHandler handler, InputModel input)
    {
        var after = job.After.Where(dependency => code.FindHandler(dependency.Key) is not { } known || known.Handler.Key == input.Key).ToList();
        // One that nobody handles has been told, and may be the one that is wanted.
        if (after.Exists(dependency => code.FindHandler(dependency.Key) is null)) return;
        var place = AtInput(name, handler, input);
        var flaw = after.Count == 0 ? $"takes the result of '{input.JobType}', which stored jobs of '{name}' do not depend on"
            : after[0].Value is null ? $"takes the result of '{input.JobType}', which gave none where stored jobs of '{name}' depend on it"
            : null;
        if (flaw is not null) findings.Add(new(RuleId.StrandedRuns, place, handler.Handler.ClassName, flaw, "give it a job type of its own, and keep the old handler with Retired = true"));
        // What the last build gave is held against its own handler, if that is one of the project.
        else if (code.Table.Find(input.Key) is { } producer && code.ReadResult(producer) is { } now && !(code.IsOwn(producer) && FindStored(producer)?.Result == after[0].Value))
            Add(shapes.Find(after[0].Value!, now, $"The result of '{input.JobType}'"), place);
    }

    private void CheckLostResult(string taker, string input)
    {
        if (code.FindHandler(input) is not { } producer || code.FindResult(producer) is not null) return;
        var place = code.IsOwn(producer) ? new LockPlace(null, Handler: producer.Handler.Key, Target: ProcessOf(producer)) : new LockPlace(LockReader.Place(LockFormat.Jobs, taker));
        if (findings.Any(known => known.Place == place)) return;
        findings.Add(new(
            RuleId.StrandedRuns,
            place,
            producer.Handler.ClassName,
            $"gives no result any more, and workers of the last build take one of '{input}' for '{taker}'",
            $"go on giving it for one release in which nobody takes it, and update {LockFormat.FileName} in between"));
    }

    private LockedJob? FindStored(BoundHandler handler) => handler.Handler.FormerNames.Prepend(handler.Handler.JobType!)
        .Select(name => stored.Jobs.TryGetValue(name, out var job) ? job : null)
        .FirstOrDefault(job => job is not null);

    private static RuleTarget ProcessOf(BoundHandler handler) => RuleTarget.Stage(handler.Handler.Stages.ToList().FindIndex(stage => stage.Kind == StageKind.Process));

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

    /// <summary>The one handler that is new and takes and gives the same; else the only one that is new, where only one is gone.</summary>
    private HandlerModel? FindSuccessor(LockedJob job)
    {
        var added = code.Table.OwnHandlers.Select(candidate => candidate.Handler).Where(candidate => !stored.Jobs.ContainsKey(candidate.JobType!)).ToList();
        var alike = added.Where(candidate => code.Model.Jobs[candidate.JobType!] is var now && IsAlike(job.Args, now.Args) && IsAlike(job.Result, now.Result)).Take(2).ToList();
        if (alike.Count == 1) return alike[0];
        return alike.Count == 0 && added.Count == 1 && stored.Jobs.Keys.Count(name => code.FindHandler(name) is null) == 1 ? added[0] : null;
    }

    private bool IsAlike(LockedValue? was, LockedValue? now) =>
        was is null ? now is null : now is not null && new ShapeComparison(stored, code.Model).Find(was, now, "").Count == 0;

    /// <summary>Handlers of libraries, which other projects lock: what runs of this one's graphs have to offer them.</summary>
    private void CheckGraph(string name, LockedGraph graph)
    {
        foreach (var job in graph.Dependencies.Where(job => !stored.Jobs.ContainsKey(job.Key)))
        {
            var place = new LockPlace(LockReader.Place(LockFormat.Graphs, name, job.Key));
            if (code.FindHandler(job.Key) is not { } handler)
            {
                findings.Add(new(RuleId.StrandedRuns, place, $"Job type '{job.Key}'", $"is stored in runs of '{name}', and nobody handles it now", "reference the library that handles it, or keep its name in the Formerly of another handler"));
                continue;
            }

            var upstream = job.Value.Select(dependency => code.FindHandler(dependency)?.Handler.Key).ToList();
            if (upstream.Contains(null)) continue;
            foreach (var input in handler.Inputs.Where(input => !upstream.Contains(input.Key)))
                findings.Add(new(RuleId.StrandedRuns, place, handler.Handler.ClassName, $"takes the result of '{input.JobType}', which its jobs in stored runs of '{name}' do not depend on", "give it a job type of its own, and keep the old handler with Retired = true"));
        }
    }

    private void Add(IEnumerable<ShapeFinding> flaws, JsonPlace place, string job) => Add(flaws, At(place, job));

    private void Add(IEnumerable<ShapeFinding> flaws, LockPlace place)
    {
        foreach (var flaw in flaws)
            findings.Add(new(RuleId.Unreadable, place with { Type = flaw.Type, Member = flaw.Member }, flaw.Thing, flaw.Flaw, flaw.Remedy) { StoredName = flaw.StoredName });
    }

    private LockPlace AtInput(string job, BoundHandler handler, InputModel input) =>
        code.IsOwn(handler) && handler.Handler.Dependencies.FirstOrDefault(dependency => dependency.Handler.Key == input.Key) is { } attribute
            ? new LockPlace(null, Handler: handler.Handler.Key, Target: RuleTarget.Attribute(attribute.Attribute, attribute.Argument))
            : new LockPlace(LockReader.Place(LockFormat.Jobs, job));

    /// <summary>A place in a handler of the project, else on the line of its job.</summary>
    private LockPlace At(JsonPlace place, string job) => code.Classes.ContainsKey(place.Handler)
        ? new(null, Handler: place.Handler, Target: place.Target)
        : new(LockReader.Place(LockFormat.Jobs, job));
}
