using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class ParameterParser
{
    /// <param name="parameter">A parameter of a stage.</param>
    /// <param name="results">The result type of each dependency, in order.</param>
    /// <param name="compilation">The compilation.</param>
    public static ParameterModel ParseStage(IParameterSymbol parameter, ImmutableArray<ITypeSymbol?> results, Compilation compilation)
    {
        var (source, key, resultOf) = ReadAttributes(parameter, compilation);
        if (source == ParameterSource.Binding) source = SourceByType(parameter.Type);
        if (source == ParameterSource.Service && IsServiceProvider(parameter.Type)) source = ParameterSource.ServiceProvider;
        return Parse(parameter, source, key, resultOf, results.Select(result => Fit(result, parameter.Type, compilation)).ToEquatableArray(), compilation);
    }

    public static ParameterModel ParseConstructor(IParameterSymbol parameter, Compilation compilation)
    {
        var (source, key, _) = ReadAttributes(parameter, compilation);
        if (source != ParameterSource.KeyedService)
            source = IsServiceProvider(parameter.Type) ? ParameterSource.ServiceProvider : ParameterSource.Service;
        return Parse(parameter, source, key, resultOf: null, [], compilation);
    }

    public static HandlerLink Link(ITypeSymbol type) => new(HandlerParser.Key(type), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));

    private static ParameterModel Parse(
        IParameterSymbol parameter, ParameterSource source, string? key, HandlerLink? resultOf, EquatableArray<FitModel> fits, Compilation compilation) => new(
            parameter.Name.Length > 0 ? parameter.Name : "value",
            TypeParser.Parse(parameter.Type, compilation),
            source,
            key,
            resultOf,
            ConstantText.DefaultOf(parameter),
            parameter.RefKind != RefKind.None,
            fits);

    private static (ParameterSource Source, string? Key, HandlerLink? ResultOf) ReadAttributes(IParameterSymbol parameter, Compilation compilation)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.IsResultOf()) return (ParameterSource.ResultOf, null, Link(attribute.AttributeClass!.TypeArguments[0]));
            if (attribute.IsFromServices()) return (ParameterSource.Service, null, null);
            if (attribute.IsFromKeyedServices())
                return attribute.ConstructorArguments is [var key, ..] ? (ParameterSource.KeyedService, ConstantText.Of(key, compilation), null) : (ParameterSource.Service, null, null);
        }

        return (ParameterSource.Binding, null, null);
    }

    private static ParameterSource SourceByType(ITypeSymbol type) =>
        type.IsNamed("Overseer", "JobContext") ? ParameterSource.Job
        : type.IsNamed("System.Threading", "CancellationToken") ? ParameterSource.CancellationToken
        : ParameterSource.Binding;

    private static bool IsServiceProvider(ITypeSymbol type) => type.IsNamed("System", "IServiceProvider");

    private static FitModel Fit(ITypeSymbol? result, ITypeSymbol parameter, Compilation compilation)
    {
        if (result is null || result.TypeKind == TypeKind.Error || parameter.TypeKind == TypeKind.Error) return default;
        if (IsNullableOf(result, parameter)) return new(ResultFit.Exact, MayBeNull: true);
        var conversion = compilation.ClassifyConversion(result, parameter);
        var fit = conversion.IsIdentity ? ResultFit.Exact
            : conversion is { IsImplicit: true, IsReference: true } ? ResultFit.Convertible
            : ResultFit.None;
        return new(fit, fit != ResultFit.None
            && result.NullableAnnotation == NullableAnnotation.Annotated
            && parameter is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated });
    }

    private static bool IsNullableOf(ITypeSymbol result, ITypeSymbol parameter) =>
        result is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], parameter);
}
