using Microsoft.CodeAnalysis;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Lock;

/// <summary>What a project says now, as it would be locked, and where in the source it says so.</summary>
internal sealed class LockedCode
{
    private readonly Dictionary<string, BoundHandler> handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<JsonPlace>> places = new(StringComparer.Ordinal);
    private readonly Compilation compilation;

    private LockedCode(HandlerTable table, Compilation compilation)
    {
        Table = table;
        this.compilation = compilation;
        Shapes = new(JsonContext.Of(compilation)?.WritesEnumsAsText == true);
        Classes = JsonPlace.ClassesOf(compilation);
        foreach (var handler in table.References.SelectMany(assembly => assembly.Handlers).Concat(table.Own.Handlers))
        {
            if (table.Find(handler.Key) is not { } bound) continue;
            foreach (var name in handler.FormerNames.Append(handler.JobType)) handlers[name ?? ""] = bound;
        }

        var jobs = LockModel.New<LockedJob>();
        foreach (var bound in table.OwnHandlers) jobs[bound.Handler.JobType!] = Read(bound);
        var graphs = LockModel.New<LockedGraph>();
        foreach (var (name, targets) in table.Graphs.Own) graphs[name] = Read(GraphClosure.Of(targets, table));
        Model = new(graphs, jobs, Shapes.Types);
    }

    public HandlerTable Table { get; }

    public LockModel Model { get; }

    public TypeShapes Shapes { get; }

    /// <summary>The classes of the project's handlers, by their keys.</summary>
    public IReadOnlyDictionary<string, INamedTypeSymbol> Classes { get; }

    /// <summary>Null if the project is none of Overseer's, or while anything else is wrong with it: one mistake gives one error.</summary>
    public static LockedCode? Of(Compilation compilation) =>
        HandlerIndex.Of(compilation).Value is { } table && !table.Problems.Any() && table.OwnHandlers.All(handler => handler.IsComplete && handler.Handler.JobType is not null)
            ? new(table, compilation)
            : null;

    /// <summary>Who handles jobs that are stored under that name; null if nobody does.</summary>
    public BoundHandler? FindHandler(string jobType) => handlers.TryGetValue(jobType, out var handler) ? handler : null;

    public bool IsOwn(BoundHandler handler) => Classes.ContainsKey(handler.Handler.Key);

    /// <summary>Where a handler takes its args; null if it takes none.</summary>
    public JsonPlace? FindArgs(BoundHandler handler) => PlacesOf(handler).FirstOrDefault(place => !place.IsInput && place.Target.Kind == RuleTargetKind.Parameter);

    /// <summary>Where a handler gives its result; null if it gives none.</summary>
    public JsonPlace? FindResult(BoundHandler handler) => PlacesOf(handler).FirstOrDefault(place => !place.IsInput && place.Target.Kind == RuleTargetKind.Stage);

    /// <summary>What a handler gives; null if nothing.</summary>
    public LockedValue? ReadResult(BoundHandler handler) => FindResult(handler) is { } result ? Shapes.Read(result.Type) : null;

    private IReadOnlyList<JsonPlace> PlacesOf(BoundHandler handler)
    {
        if (places.TryGetValue(handler.Handler.Key, out var known)) return known;
        var type = Classes.TryGetValue(handler.Handler.Key, out var own) ? own : FindReferenced(handler.Handler.Key);
        return places[handler.Handler.Key] = type is null ? [] : JsonPlace.Find(handler, type, compilation).ToList();
    }

    private INamedTypeSymbol? FindReferenced(string key)
    {
        var end = key.LastIndexOf(", ", StringComparison.Ordinal);
        var assembly = compilation.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(candidate => candidate.Name == key.Substring(end + 2));
        // A key escapes the parts of a namespace that are keywords.
        return assembly?.GetTypeByMetadataName(key.Substring(0, end).Replace("@", ""));
    }

    private LockedJob Read(BoundHandler bound)
    {
        var handler = bound.Handler;
        var after = LockModel.New<LockedValue?>();
        foreach (var key in bound.Upstream)
        {
            if (Table.Find(key) is { Handler.JobType: { } name } dependency) after[name] = ReadResult(dependency);
        }

        return new(
            handler.FormerNames.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToList(),
            handler.IsRetired,
            after,
            bound.Inputs.Select(input => input.JobType).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToList(),
            FindArgs(bound) is { } args ? Shapes.Read(args.Type) : null,
            ReadResult(bound));
    }

    private static LockedGraph Read(IReadOnlyList<BoundHandler> jobs)
    {
        var names = jobs.ToDictionary(job => job.Handler.Key, job => job.Handler.JobType!);
        var dependencies = LockModel.New<IReadOnlyList<string>>();
        foreach (var job in jobs)
        {
            var upstream = job.Upstream.Where(names.ContainsKey).Select(key => names[key]).Distinct();
            dependencies[names[job.Handler.Key]] = upstream.OrderBy(name => name, StringComparer.Ordinal).ToList();
        }

        return new(GraphVersion.Of(dependencies), dependencies);
    }
}
