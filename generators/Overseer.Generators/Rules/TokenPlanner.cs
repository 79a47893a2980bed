using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Names the tokens: <c>JobTypes.{Class}</c>, with the shortest distinguishing prefix where two clash.</summary>
internal sealed class TokenPlanner
{
    // Members of object would come first, and an extension member may not be named as what it extends.
    private static readonly string[] Unusable = ["Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString", "Finalize", "JobTypes"];

    private readonly HandlerTable table;
    private readonly Dictionary<string, string> nameByHandler = [];
    private readonly Dictionary<string, JsonModel?> jsonByHandler = [];
    private readonly Dictionary<string, int> visibleNames = new(StringComparer.Ordinal);

    public TokenPlanner(HandlerTable table)
    {
        this.table = table;
        var publicNames = new Dictionary<string, List<string>>();
        foreach (var assembly in FromTheBottom(table.References))
        {
            Name(assembly, publicNames, assembly.References.Where(publicNames.ContainsKey));
        }

        Name(table.Own, publicNames, publicNames.Keys.ToList());
    }

    public IEnumerable<TokenModel> Plan() =>
        from handler in table.OwnHandlers
        where handler.HasSignature
        let name = nameByHandler[handler.Handler.Key]
        orderby name
        select new TokenModel(
            name,
            handler.Handler.JobType!,
            handler.Handler.FormerNames,
            handler.Handler.Type.IsUsable ? handler.Handler.Type.Name : handler.Handler.FullName,
            TypeOf(handler),
            VisibilityOf(handler),
            !handler.Handler.Type.IsUsable,
            handler.Args?.Is(TypeTraits.Obsolete) == true || handler.Handler.Result?.Is(TypeTraits.Obsolete) == true);

    /// <summary>The token as an expression in namespace Overseer: by name, or made on the spot where the name would be ambiguous or hidden.</summary>
    public string Expression(BoundHandler handler) =>
        nameByHandler.TryGetValue(handler.Handler.Key, out var name) && visibleNames[name] == 1
            ? "JobTypes." + Identifiers.Escape(name)
            : $"new JobType<{handler.Args?.Name ?? "Unit"}>({Identifiers.Literal(handler.Handler.JobType ?? "")}{(JsonOf(handler) is { } json ? ", " + json.Expression : "")})";

    private JsonModel? JsonOf(BoundHandler handler) => jsonByHandler.TryGetValue(handler.Handler.Key, out var json) ? json : null;

    private static string TypeOf(BoundHandler handler)
    {
        var args = handler.Args?.Name ?? "Unit";
        return handler.Handler.Result is { } result ? $"JobType<{args}, {result.Name}>" : $"JobType<{args}>";
    }

    private static Visibility VisibilityOf(BoundHandler handler)
    {
        var args = handler.Args?.Visibility ?? Visibility.Public;
        var result = handler.Handler.Result?.Visibility ?? Visibility.Public;
        return args < result ? args : result;
    }

    private void Name(AssemblyModel assembly, Dictionary<string, List<string>> publicNames, IEnumerable<string> below)
    {
        var handlers = assembly.Handlers.Select(handler => table.Find(handler.Key)!).Where(handler => handler.HasSignature).ToList();
        var names = ShortNames.Choose(
            handlers.Select(handler => (handler.Handler.ClassName, (IReadOnlyList<string>)handler.Handler.Type.Scope.ToList())).ToList(),
            new HashSet<string>(below.SelectMany(name => publicNames[name]).Concat(Unusable), StringComparer.Ordinal),
            (scope, name) => scope + "_" + name);
        publicNames[assembly.Name] = [];
        for (var index = 0; index < handlers.Count; index++)
        {
            nameByHandler[handlers[index].Handler.Key] = names[index];
            jsonByHandler[handlers[index].Handler.Key] = assembly.Json;
            visibleNames[names[index]] = visibleNames.TryGetValue(names[index], out var count) ? count + 1 : 1;
            if (VisibilityOf(handlers[index]) == Visibility.Public) publicNames[assembly.Name].Add(names[index]);
        }
    }

    /// <summary>Each assembly after all it references, since it named its tokens with theirs in sight.</summary>
    private static IEnumerable<AssemblyModel> FromTheBottom(EquatableArray<AssemblyModel> assemblies)
    {
        var left = assemblies.ToList();
        while (left.Count > 0)
        {
            var next = left.FindIndex(assembly => !left.Any(other => other != assembly && assembly.References.Contains(other.Name)));
            yield return left[Math.Max(next, 0)];
            left.RemoveAt(Math.Max(next, 0));
        }
    }
}
