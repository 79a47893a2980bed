using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>A place where a handler takes or gives what is stored.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Target">The parameter, or the stage whose result it is.</param>
/// <param name="Type">What is stored.</param>
/// <param name="IsInput">Whether it is stored by another handler, and only read here.</param>
internal sealed record JsonPlace(string Handler, RuleTarget Target, ITypeSymbol Type, bool IsInput)
{
    /// <summary>The places of all handlers, each type once: at the first handler that stores it, else at the first that reads it.</summary>
    public static ILookup<string, JsonPlace> FindAll(HandlerTable table, Compilation compilation)
    {
        var handlers = ClassesOf(compilation);
        var places = table.OwnHandlers
            .Where(bound => handlers.ContainsKey(bound.Handler.Key))
            .SelectMany(bound => Find(bound, handlers[bound.Handler.Key], compilation))
            .ToList();
        return places.Where(place => !place.IsInput).Concat(places.Where(place => place.IsInput))
            .GroupBy(place => TypeParser.Key(place.Type))
            .Select(group => group.First())
            .ToLookup(place => place.Handler);
    }

    /// <summary>The classes of the handlers, by their keys.</summary>
    public static IReadOnlyDictionary<string, INamedTypeSymbol> ClassesOf(Compilation compilation) =>
        HandlerIndex.HandlersIn(compilation).GroupBy(HandlerParser.Key).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The places of one handler.</summary>
    public static IEnumerable<JsonPlace> Find(BoundHandler bound, INamedTypeSymbol type, Compilation compilation)
    {
        var methods = StageFinder.Find(type, compilation);
        var isArgsKnown = false;
        foreach (var stage in bound.Stages.OrderBy(stage => stage.Stage.Kind == StageKind.Process ? 0 : 1))
        {
            var index = bound.Handler.Stages.ToList().FindIndex(candidate => ReferenceEquals(candidate, stage.Stage));
            var method = methods[index].Method;
            for (var ordinal = 0; ordinal < stage.Bindings.Count; ordinal++)
            {
                var binding = stage.Bindings[ordinal];
                var target = RuleTarget.Parameter(index, ordinal);
                if (binding.Kind == BindingKind.Args && !isArgsKnown)
                {
                    isArgsKnown = true;
                    yield return new(bound.Handler.Key, target, method.Parameters[ordinal].Type, IsInput: false);
                }
                else if (binding.Kind == BindingKind.Input && FindResult(type, bound.Inputs[binding.Index].Key, compilation) is { } input)
                {
                    yield return new(bound.Handler.Key, target, input, IsInput: true);
                }
            }

            if (stage.Stage.Kind == StageKind.Process && StageFinder.Unwrap(method.ReturnType).Value is { } result)
                yield return new(bound.Handler.Key, RuleTarget.Stage(index), result, IsInput: false);
        }
    }

    private static ITypeSymbol? FindResult(INamedTypeSymbol type, string dependency, Compilation compilation) =>
        DependencyParser.Parse(type, compilation, withGuesses: false).FirstOrDefault(candidate => candidate.Model.Handler.Key == dependency).Type is INamedTypeSymbol producer
            ? StageFinder.FindResult(producer, compilation)
            : null;
}
