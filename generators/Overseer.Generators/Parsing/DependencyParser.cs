using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class DependencyParser
{
    /// <summary>Reads every <c>[DependsOn]</c> of a class, in source order.</summary>
    public static ImmutableArray<(ITypeSymbol Type, DependencyModel Model)> Parse(INamedTypeSymbol type, Compilation compilation)
    {
        var dependencies = ImmutableArray.CreateBuilder<(ITypeSymbol, DependencyModel)>();
        var attributes = type.GetAttributes();
        for (var index = 0; index < attributes.Length; index++)
        {
            if (!attributes[index].IsDependsOn()) continue;
            var argument = 0;
            foreach (var dependency in TypesOf(attributes[index])) dependencies.Add((dependency, Parse(dependency, index, argument++, compilation)));
        }

        return dependencies.ToImmutable();
    }

    private static IEnumerable<ITypeSymbol> TypesOf(AttributeData attribute)
    {
        if (attribute.AttributeClass is { TypeArguments: [var named] }) return [named];
        return attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } handlers]
            ? handlers.Values.Select(value => value.Value).OfType<ITypeSymbol>()
            : [];
    }

    private static DependencyModel Parse(ITypeSymbol type, int attribute, int argument, Compilation compilation) => new(
        ParameterParser.Link(type),
        type is INamedTypeSymbol { TypeKind: TypeKind.Class } && type.GetAttributes().Any(candidate => candidate.IsJobType()),
        type.TypeKind == TypeKind.Error,
        type is INamedTypeSymbol named && StageFinder.IsResultKnown(named, compilation),
        attribute,
        argument);
}
