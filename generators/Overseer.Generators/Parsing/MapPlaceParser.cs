using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Parsing;

internal static class MapPlaceParser
{
    private const string Wanted = "JobHandlers";

    /// <param name="compilation">The compilation.</param>
    /// <param name="rootNamespace">The build property; empty if it is not set.</param>
    public static MapPlace Parse(Compilation compilation, string rootNamespace)
    {
        var name = Identifiers.Namespace(rootNamespace.Length > 0 ? rootNamespace : compilation.Assembly.Name);
        var scope = Find(name, compilation.Assembly.GlobalNamespace, out var isType);
        if (isType)
        {
            // A project named as one of its classes has no namespace of that name.
            name = "";
            scope = compilation.Assembly.GlobalNamespace;
        }

        var isTaken = scope?.GetMembers(Wanted).Any(member => member is INamespaceSymbol or INamedTypeSymbol { Arity: 0 }) == true;
        return new(name, isTaken ? Identifiers.Assembly(compilation.Assembly.Name) + "_" + Wanted : Wanted);
    }

    private static INamespaceSymbol? Find(string name, INamespaceSymbol start, out bool isType)
    {
        var scope = start;
        isType = false;
        foreach (var part in name.Split('.').Select(part => part.TrimStart('@')))
        {
            isType = scope.GetTypeMembers(part, 0).Length > 0;
            if (isType || scope.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault() is not { } inner) return null;
            scope = inner;
        }

        return scope;
    }
}
