using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Decides what is emitted for a project.</summary>
internal static class ProjectPlanner
{
    /// <param name="own">The compiled assembly; null if it does not know Overseer, and gets nothing.</param>
    /// <param name="handlers">Its handlers.</param>
    /// <param name="references">The referenced assemblies that have handlers.</param>
    /// <param name="place">Where the handler map goes.</param>
    public static ProjectModel? Plan(AssemblyModel? own, EquatableArray<HandlerModel> handlers, EquatableArray<AssemblyModel> references, MapPlace place)
    {
        if (own is null) return null;
        var table = new HandlerTable(own with { Handlers = handlers }, references);
        var tokens = new TokenPlanner(table);
        var assembly = Identifiers.Assembly(own.Name);
        var plans = NameClasses(table.OwnHandlers.Where(handler => CanBeMade(handler, table)).ToList(), own.Json);
        var types = tokens.Plan().ToEquatableArray();
        var graphs = new GraphPlanner(table, tokens).Plan().ToEquatableArray();
        return new ProjectModel(
            plans,
            // A member may not be named as its class.
            new TokenFile(own.Name, new NameScope(types.Select(token => token.Name)).Take(assembly + "_JobTypes"), own.Json, types),
            new GraphFile(own.Name, new NameScope(graphs.Select(graph => "Create" + graph.Name)).Take(assembly + "_JobGraphs"), graphs),
            new MapFile(
                assembly + "_Manifest",
                place,
                plans.Select(Entry).ToEquatableArray(),
                references.Select(reference => reference.Manifest!).ToEquatableArray()),
            own.Json);
    }

    /// <summary>Whether code that makes and runs the handler compiles; a mistake in the graph around it does not matter for that.</summary>
    private static bool CanBeMade(BoundHandler handler, HandlerTable table) =>
        handler.IsComplete
        && table.ProblemsOf(handler.Handler.Key).All(problem => problem.Id switch
        {
            RuleId.JobTypeName or RuleId.JobTypeClaimedTwice or RuleId.MissingHandler or RuleId.Cycle or RuleId.GraphName => true,
            RuleId.UnusableClass => problem.Target.Kind == RuleTargetKind.Attribute,
            _ => false,
        });

    // File names do not tell capitals from small letters, so neither do these.
    private static EquatableArray<HandlerPlan> NameClasses(List<BoundHandler> handlers, JsonModel? json) =>
        handlers
            .GroupBy(handler => Identifiers.Clean(handler.Handler.MetadataName), StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Select(handler => new HandlerPlan(
                Identifiers.Clean(handler.Handler.MetadataName) + (group.Count() > 1 ? "_" + Identifiers.Hash(handler.Handler.MetadataName) : "") + "_JobHandler",
                handler,
                json)))
            .OrderBy(plan => plan.Handler.Handler.MetadataName, StringComparer.Ordinal)
            .ToEquatableArray();

    private static MapEntry Entry(HandlerPlan plan) =>
        new(plan.Class, plan.Handler.Handler.Type.Name, plan.Handler.Handler.Type.Is(TypeTraits.Obsolete));
}
