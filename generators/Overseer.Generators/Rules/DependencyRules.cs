using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS201, and OVS103 for a handler that lies upstream in a referenced assembly and cannot be reached from here.</summary>
internal static class DependencyRules
{
    public static IEnumerable<RuleProblem> Check(HandlerModel handler, IReadOnlyDictionary<string, BoundHandler> handlers)
    {
        foreach (var dependency in handler.Dependencies)
        {
            if (dependency.IsUnresolved) continue;
            var target = RuleTarget.Attribute(dependency.Attribute, dependency.Argument);
            if (!dependency.IsHandler || !handlers.TryGetValue(dependency.Handler.Key, out var other))
            {
                yield return new(RuleId.MissingHandler, handler.Key, target, [
                    $"{handler.FullName} depends on {dependency.Handler.Display}, which is not a job handler",
                    dependency.Guess is null ? "depend on a class that has [JobType]" : $"add [JobType] to {dependency.Handler.Display}, or depend on a class that has it"]);
            }
            else if (other.Handler.IsRetired && !handler.IsRetired)
            {
                yield return new(RuleId.MissingHandler, handler.Key, target, [
                    $"{handler.FullName} depends on {dependency.Handler.Display}, which is retired: it is kept only to finish stored runs",
                    $"depend on another handler, or retire {handler.FullName} as well"]);
            }
            else if (!other.Handler.Type.Is(TypeTraits.Source) && FindUnreachable(other, handlers) is { } unreachable)
            {
                yield return new(
                    RuleId.UnusableClass,
                    handler.Key,
                    target,
                    [unreachable.Handler.FullName, "it is in another assembly, and its Process stage or its args are not accessible from here"]);
            }
        }
    }

    private static BoundHandler? FindUnreachable(BoundHandler start, IReadOnlyDictionary<string, BoundHandler> handlers)
    {
        var seen = new HashSet<string> { start.Handler.Key };
        var open = new Queue<BoundHandler>([start]);
        while (open.Count > 0)
        {
            var current = open.Dequeue();
            if (!current.CanBeAdded) return current;
            foreach (var dependency in current.Handler.Dependencies)
            {
                if (handlers.TryGetValue(dependency.Handler.Key, out var next) && seen.Add(next.Handler.Key)) open.Enqueue(next);
            }
        }

        return null;
    }
}
