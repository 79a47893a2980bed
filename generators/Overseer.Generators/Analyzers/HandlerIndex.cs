using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>The handler table of one compilation, read from its symbols when the first of its classes is looked at.</summary>
internal static class HandlerIndex
{
    private static readonly ConditionalWeakTable<Compilation, Lazy<HandlerTable?>> Tables = new();

    /// <summary>The one table of a compilation, for all analyzers; its value is null if the project does not know Overseer.</summary>
    public static Lazy<HandlerTable?> Of(Compilation compilation) => Tables.GetValue(compilation, LazyTable);

    /// <summary>Null if the project does not know Overseer.</summary>
    public static HandlerTable? Read(Compilation compilation, CancellationToken cancellationToken)
    {
        if (AssemblyParser.ParseOwn(compilation, cancellationToken) is not { } own) return null;
        var handlers = HandlersIn(compilation)
            .Select(type => HandlerParser.Parse(type, compilation, cancellationToken))
            .Where(handler => handler is not null)
            .Select(handler => handler!);
        return new HandlerTable(own with { Handlers = Model.EquatableArray.ToEquatableArray(handlers) }, AssemblyParser.ParseReferenced(compilation, cancellationToken));
    }

    public static IEnumerable<INamedTypeSymbol> HandlersIn(Compilation compilation) => HandlersIn(compilation.Assembly.GlobalNamespace);

    public static bool IsHandler(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct && type.GetAttributes().Any(attribute => attribute.IsJobType());

    // Weakly, or the compilation would keep its own entry alive. PublicationOnly: a failed first reader must not leave its exception to the others.
    private static Lazy<HandlerTable?> LazyTable(Compilation compilation)
    {
        var source = new WeakReference<Compilation>(compilation);
        return new(() => source.TryGetTarget(out var target) ? Read(target, CancellationToken.None) : null, LazyThreadSafetyMode.PublicationOnly);
    }

    private static IEnumerable<INamedTypeSymbol> HandlersIn(INamespaceOrTypeSymbol scope)
    {
        foreach (var member in scope.GetMembers())
        {
            if (member is INamedTypeSymbol type && IsHandler(type)) yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var handler in HandlersIn(inner)) yield return handler;
        }
    }
}
