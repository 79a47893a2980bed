using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

internal static class GraphClosure
{
    /// <summary>The targets and everything upstream of them, as far as it is known; in no particular order.</summary>
    public static List<BoundHandler> Of(IEnumerable<HandlerModel> targets, HandlerTable table)
    {
        var found = new List<BoundHandler>();
        var seen = new HashSet<string>();
        var open = new Stack<string>(targets.Select(target => target.Key));
        while (open.Count > 0)
        {
            if (!seen.Add(open.Peek()))
            {
                open.Pop();
                continue;
            }

            if (table.Find(open.Pop()) is not { } handler) continue;
            found.Add(handler);
            foreach (var dependency in handler.Upstream) open.Push(dependency);
        }

        return found;
    }
}
