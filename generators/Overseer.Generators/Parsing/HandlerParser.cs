using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

/// <summary>Turns a class with <c>[JobType]</c>, from source or from a referenced assembly, into its model.</summary>
internal static class HandlerParser
{
    public static HandlerModel? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type.TypeKind != TypeKind.Class || !TypeParser.IsNamed(type)) return null;
        var attributes = type.GetAttributes();
        var jobType = FindJobType(attributes);
        return jobType < 0 ? null : Parse(type, attributes, jobType, compilation);
    }

    /// <summary>What a class of the source would be with <c>[JobType]</c>; null if it could be no handler.</summary>
    public static HandlerModel? Guess(INamedTypeSymbol type, Compilation compilation) =>
        type is { TypeKind: TypeKind.Class, IsGenericType: false, Locations: [{ IsInSource: true }, ..] } && TypeParser.IsNamed(type) && StageFinder.IsResultKnown(type, compilation)
            ? Parse(type, type.GetAttributes(), jobType: -1, compilation)
            : null;

    private static HandlerModel Parse(INamedTypeSymbol type, ImmutableArray<AttributeData> attributes, int jobType, Compilation compilation)
    {
        var dependencies = DependencyParser.Parse(type, compilation, withGuesses: jobType >= 0);
        var results = dependencies
            .Select(dependency => dependency.Type is INamedTypeSymbol named ? StageFinder.FindResult(named, compilation) : null)
            .ToImmutableArray();
        return new HandlerModel(
            Key(type),
            TypeParser.MetadataName(type),
            TypeParser.Parse(type, compilation),
            TypeParser.FullName(type),
            type.Name,
            jobType >= 0 ? NameIn(attributes[jobType]) : null,
            jobType >= 0 ? FormerNames(attributes[jobType]) : [],
            jobType >= 0 && attributes[jobType].Named("Retired") is { Value: true },
            jobType,
            Flaws(type, compilation),
            ConstructorParser.Parse(type, compilation),
            StageFinder.Find(type, compilation).Select(stage => ParseStage(type, stage.Kind, stage.Method, results, compilation)).ToEquatableArray(),
            StageFinder.FindNearMiss(type, compilation),
            dependencies.Select(dependency => dependency.Model).ToEquatableArray(),
            Graphs(attributes),
            HarnessParser.Parse(type, compilation));
    }

    public static string Key(ITypeSymbol type) => $"{(type is INamedTypeSymbol named ? TypeParser.MetadataName(named) : type.ToDisplayString())}, {type.ContainingAssembly?.Name}";

    private static int FindJobType(ImmutableArray<AttributeData> attributes)
    {
        for (var index = 0; index < attributes.Length; index++)
        {
            if (attributes[index].IsJobType()) return index;
        }

        return -1;
    }

    /// <summary>The name an attribute gives: empty for null, and null where the compiler cannot tell.</summary>
    private static string? NameIn(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive } name] ? name.Value as string ?? "" : null;

    private static EquatableArray<string> FormerNames(AttributeData attribute) =>
        attribute.Named("Formerly") is { Kind: TypedConstantKind.Array, IsNull: false } names
            ? names.Values.Select(name => name.Value as string ?? "").ToEquatableArray()
            : [];

    private static ClassFlaws Flaws(INamedTypeSymbol type, Compilation compilation)
    {
        var flaws = ClassFlaws.None;
        if (type.IsStatic) flaws |= ClassFlaws.Static;
        else if (type.IsAbstract) flaws |= ClassFlaws.Abstract;
        if (type.IsGenericType) flaws |= ClassFlaws.Generic;
        if (IsGone(type)) flaws |= ClassFlaws.Gone;
        if (ConstructorParser.LeavesRequiredMembers(type, compilation)) flaws |= ClassFlaws.RequiredMembers;
        if (Access.Of(type.OriginalDefinition, compilation) == Visibility.Hidden) flaws |= ClassFlaws.Inaccessible;
        return flaws;
    }

    private static bool IsGone(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.IsGone()) return true;
        }

        return false;
    }

    private static EquatableArray<GraphTarget> Graphs(ImmutableArray<AttributeData> attributes)
    {
        var graphs = new List<GraphTarget>();
        for (var index = 0; index < attributes.Length; index++)
        {
            if (attributes[index].IsJobGraph() && NameIn(attributes[index]) is { } name) graphs.Add(new(name, index));
        }

        return graphs.ToEquatableArray();
    }

    private static StageModel ParseStage(
        INamedTypeSymbol type, StageKind kind, IMethodSymbol method, ImmutableArray<ITypeSymbol?> results, Compilation compilation)
    {
        var (form, value) = StageFinder.Unwrap(method.ReturnType);
        var parameters = method.Parameters.Select(parameter => ParameterParser.ParseStage(parameter, results, compilation)).ToEquatableArray();
        var given = value is null ? null : TypeParser.Parse(value, compilation);
        return new StageModel(
            kind,
            method.Name,
            form,
            given,
            parameters,
            FindFlaw(kind, method, given, parameters),
            HasOverloads(method),
            IsHidden(method, type) ? TypeParser.Parse(method.ContainingType, compilation).Name : null,
            method.IsObsolete());
    }

    private static bool IsHidden(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var level = type; level is not null && !SymbolEqualityComparer.Default.Equals(level, method.ContainingType); level = level.BaseType)
        {
            if (level.GetMembers(method.Name).Length > 0) return true;
        }

        return false;
    }

    private static bool HasOverloads(IMethodSymbol method)
    {
        var count = 0;
        for (var level = method.ContainingType; level is not null; level = level.BaseType)
            count += level.GetMembers(method.Name).Count(member => !member.IsOverride || SymbolEqualityComparer.Default.Equals(member, method));
        return count > (method.IsOverride ? 2 : 1);
    }

    private static string? FindFlaw(StageKind kind, IMethodSymbol method, TypeModel? value, EquatableArray<ParameterModel> parameters)
    {
        if (method.IsGone()) return "it is marked obsolete as an error, so it cannot be called";
        if (method is { IsAsync: true, ReturnsVoid: true }) return "it is async void; return Task";
        if (method.ReturnsByRef || method.ReturnsByRefReadonly) return "it returns by reference";
        if (value?.Is(TypeTraits.NoTypeArgument) == true) return $"it returns {value.Display}, which cannot be stored";
        if (kind == StageKind.PreProcess && value is not null) return "PreProcess gives no value; return void, Task or ValueTask";
        foreach (var parameter in parameters)
        {
            if (parameter.IsByReference) return $"its parameter '{parameter.Name}' is passed by reference";
            if (parameter.Type.Is(TypeTraits.NoTypeArgument)) return $"its parameter '{parameter.Name}' is of type {parameter.Type.Display}, which cannot be given";
            if (parameter.HasHiddenKey) return $"the key of its parameter '{parameter.Name}' is not accessible to generated code";
        }

        return method.IsVararg ? "it has an __arglist" : null;
    }
}
