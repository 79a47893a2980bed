using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class DependencyParser
{
    /// <summary>Reads every <c>[DependsOn]</c> of a class, in source order.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">What it is compiled with.</param>
    /// <param name="withGuesses">Whether to look into what lacks <c>[JobType]</c>: not again from such a class, which would have no end.</param>
    public static ImmutableArray<(ITypeSymbol? Type, DependencyModel Model)> Parse(INamedTypeSymbol type, Compilation compilation, bool withGuesses)
    {
        var dependencies = ImmutableArray.CreateBuilder<(ITypeSymbol?, DependencyModel)>();
        var attributes = type.GetAttributes();
        for (var index = 0; index < attributes.Length; index++)
        {
            if (!attributes[index].IsDependsOn()) continue;
            var argument = 0;
            foreach (var dependency in TypesOf(attributes[index])) dependencies.Add((dependency, Parse(dependency, index, argument++, compilation, withGuesses)));
        }

        return dependencies.ToImmutable();
    }

    private static IEnumerable<ITypeSymbol?> TypesOf(AttributeData attribute)
    {
        if (attribute.AttributeClass is { TypeArguments: [var named] }) return [named];
        return attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array } handlers]
            ? handlers.IsNull ? [null] : handlers.Values.Where(value => value.Kind == TypedConstantKind.Type).Select(value => value.Value as ITypeSymbol)
            : [];
    }

    private static DependencyModel Parse(ITypeSymbol? type, int attribute, int argument, Compilation compilation, bool withGuesses)
    {
        if (type is null) return new(new("null", "null"), IsHandler: false, IsUnresolved: false, IsResultKnown: false, null, attribute, argument);
        var isHandler = type is INamedTypeSymbol { TypeKind: TypeKind.Class } && type.GetAttributes().Any(candidate => candidate.IsJobType());
        return new(
            ParameterParser.Link(type),
            isHandler,
            type.TypeKind == TypeKind.Error,
            type is INamedTypeSymbol named && StageFinder.IsResultKnown(named, compilation),
            withGuesses && !isHandler && type is INamedTypeSymbol lacking ? HandlerParser.Guess(lacking, compilation) : null,
            attribute,
            argument);
    }
}
