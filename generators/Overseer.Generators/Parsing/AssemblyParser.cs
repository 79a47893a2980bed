using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class AssemblyParser
{
    /// <summary>What the compiled assembly itself says; its handlers come class by class. Null if it does not know Overseer.</summary>
    public static AssemblyModel? ParseOwn(Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (compilation.GetTypeByMetadataName("Overseer.JobHandlerMap") is null) return null;
        return new AssemblyModel(compilation.Assembly.Name, null, [], JsonParser.ParseOwn(compilation), HarnessParser.Parse(compilation.Assembly, compilation), []);
    }

    /// <summary>The referenced assemblies that have handlers, found by the manifest that their generated code carries.</summary>
    public static EquatableArray<AssemblyModel> ParseReferenced(Compilation compilation, CancellationToken cancellationToken)
    {
        var assemblies = new List<AssemblyModel>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReferencesOverseer(assembly) && IsInGlobalAlias(assembly, compilation) && Parse(assembly, compilation, cancellationToken) is { } model)
                assemblies.Add(model);
        }

        assemblies.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return assemblies.ToEquatableArray();
    }

    private static AssemblyModel? Parse(IAssemblySymbol assembly, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (!attribute.IsJobManifest()
                || attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol manifest }, { Kind: TypedConstantKind.Array, IsNull: false } handlers]) continue;
            return new AssemblyModel(
                assembly.Name,
                TypeParser.Parse(manifest, compilation).Name,
                assembly.Modules.SelectMany(module => module.ReferencedAssemblies).Select(identity => identity.Name).ToEquatableArray(),
                JsonParser.ParseReferenced(assembly),
                HarnessParser.Parse(assembly, compilation),
                handlers.Values
                    .Select(value => value.Value is INamedTypeSymbol type ? HandlerParser.Parse(type, compilation, cancellationToken) : null)
                    .OfType<HandlerModel>()
                    .OrderBy(handler => handler.MetadataName, StringComparer.Ordinal)
                    .ToEquatableArray());
        }

        return null;
    }

    // Reading the attributes of every assembly of the framework on each keystroke would cost more than the rest of the generator.
    private static bool ReferencesOverseer(IAssemblySymbol assembly) =>
        assembly.Modules.Any(module => module.ReferencedAssemblies.Any(identity => identity.Name == "Overseer"));

    // Generated code says `global::`, which does not reach an assembly that is only known by an extern alias.
    private static bool IsInGlobalAlias(IAssemblySymbol assembly, Compilation compilation) =>
        compilation.GetMetadataReference(assembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases || aliases.Contains("global");
}
