using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Lock;

/// <summary>What a project says now, as it would be locked, and where in the source it says so.</summary>
internal sealed class LockedCode
{
    // They change how text is laid out or how code is made, or OVS306 sees to them.
    private static readonly string[] Harmless =
    [
        "WriteIndented", "IndentCharacter", "IndentSize", "NewLine", "GenerationMode", "MaxDepth", "DefaultBufferSize",
        "IncludeFields", "PreferredObjectCreationHandling", "RespectRequiredConstructorParameters", "RespectNullableAnnotations",
    ];

    private readonly Dictionary<string, BoundHandler> handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<JsonPlace>> places = new(StringComparer.Ordinal);

    private LockedCode(HandlerTable table, Compilation compilation)
    {
        Table = table;
        Classes = JsonPlace.ClassesOf(compilation);
        foreach (var handler in table.References.SelectMany(assembly => assembly.Handlers).Concat(table.Own.Handlers))
        {
            if (table.Find(handler.Key) is not { } bound) continue;
            foreach (var name in handler.FormerNames.Append(handler.JobType)) handlers[name ?? ""] = bound;
        }

        var jobs = LockModel.New<LockedJob>();
        foreach (var bound in table.OwnHandlers) jobs[bound.Handler.JobType!] = Read(bound, compilation);
        var graphs = LockModel.New<LockedGraph>();
        foreach (var (name, targets) in table.Graphs.Own) graphs[name] = Read(GraphClosure.Of(targets, table));
        Model = new(FindSettings(compilation), graphs, jobs, Shapes.Types);
    }

    public HandlerTable Table { get; }

    public LockModel Model { get; }

    public TypeShapes Shapes { get; } = new();

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

    /// <summary>Where a handler of the project takes its args; null if it takes none.</summary>
    public JsonPlace? FindArgs(BoundHandler handler) => places[handler.Handler.Key].FirstOrDefault(place => !place.IsInput && place.Target.Kind == RuleTargetKind.Parameter);

    /// <summary>Where a handler of the project gives its result; null if it gives none.</summary>
    public JsonPlace? FindResult(BoundHandler handler) => places[handler.Handler.Key].FirstOrDefault(place => !place.IsInput && place.Target.Kind == RuleTargetKind.Stage);

    private LockedJob Read(BoundHandler bound, Compilation compilation)
    {
        var handler = bound.Handler;
        places[handler.Key] = Classes.TryGetValue(handler.Key, out var type) ? JsonPlace.Find(bound, type, compilation).ToList() : [];
        var inputs = bound.Inputs.Select(input => input.JobType).OrderBy(name => name, StringComparer.Ordinal).ToList();
        return new(
            handler.FormerNames.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToList(),
            handler.IsRetired,
            inputs,
            FindArgs(bound) is { } args ? Shapes.Read(args.Type) : null,
            FindResult(bound) is { } result ? Shapes.Read(result.Type) : null);
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

    private static string? FindSettings(Compilation compilation)
    {
        if (JsonContext.Of(compilation)?.Type.Find("JsonSourceGenerationOptionsAttribute") is not { } options) return null;
        var named = options.NamedArguments
            .Where(argument => Array.IndexOf(Harmless, argument.Key) < 0)
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{argument.Key} = {Show(argument.Value)}");
        var all = options.ConstructorArguments.Select(Show).Concat(named).ToList();
        return all.Count == 0 ? null : string.Join(", ", all);
    }

    private static string Show(TypedConstant constant) => Regex.Replace(constant.ToCSharpString(), @"\bSystem(\.\w+)*\.Serialization\.", "");
}
