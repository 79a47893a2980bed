using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Overseer.Generators.Model;

namespace Overseer.Generators.Parsing;

internal static class HarnessParser
{
    /// <summary>Reads the harnesses of a class or of an assembly.</summary>
    public static EquatableArray<HarnessModel> Parse(ISymbol owner, Compilation compilation)
    {
        var harnesses = new List<HarnessModel>();
        var files = new List<SyntaxTree?>();
        var attributes = owner.GetAttributes();
        for (var index = 0; index < attributes.Length; index++)
        {
            if (!attributes[index].IsHarness() || attributes[index].AttributeClass!.TypeArguments[0] is not INamedTypeSymbol type) continue;
            var file = attributes[index].ApplicationSyntaxReference?.SyntaxTree;
            if (!files.Contains(file)) files.Add(file);
            harnesses.Add(Parse(type, attributes[index], owner is IAssemblySymbol, index, files.IndexOf(file), compilation));
        }

        return harnesses.ToEquatableArray();
    }

    private static HarnessModel Parse(
        INamedTypeSymbol type, AttributeData attribute, bool isOfAssembly, int index, int file, Compilation compilation)
    {
        var stage = (StageKind)Named(attribute, "Stage", (int)StageKind.Process);
        var contracts = type.AllInterfaces.Where(IsContract).ToImmutableArray();
        var contract = contracts.Length == 1 ? contracts[0] : null;
        var constructor = ConstructorParser.Parse(type, compilation);
        return new HarnessModel(
            TypeParser.Parse(type, compilation),
            isOfAssembly,
            index,
            file,
            stage,
            Named(attribute, "Order", 0),
            constructor,
            contract is null ? "" : TypeParser.Parse(contract, compilation).Name,
            contract is { TypeArguments: [var provided] } ? TypeParser.Parse(provided, compilation) : null,
            contract is not null && IsExplicit(type, contract, compilation),
            FindFlaw(type, contracts, constructor, stage, compilation));
    }

    private static string? FindFlaw(
        INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol> contracts, ConstructorModel constructor, StageKind stage, Compilation compilation)
    {
        if (type.TypeKind == TypeKind.Error) return "it is not known";
        if (type.TypeKind != TypeKind.Class) return "it is no class; name one that implements IJobHarness or IJobHarness<T>";
        if (type.IsGone()) return "it is marked obsolete as an error; name another, or take the mark away";
        if (type.IsStatic) return "it is static, so none can be made; take 'static' away";
        if (type.IsAbstract) return "it is abstract, so none can be made; name a class that derives from it";
        if (Access.Of(type, compilation) == Visibility.Hidden) return "it is not accessible to generated code; make it and what it is nested in internal or public";
        if (contracts.Length == 0) return "it implements neither IJobHarness nor IJobHarness<T>; implement one of them";
        if (contracts.Length > 1) return "it implements more than one harness interface; implement one only";
        if (!TypeParser.Parse(contracts[0], compilation).IsUsable) return "what it provides cannot be named by generated code; provide a type that is internal or public and no ref struct";
        if (ConstructorParser.LeavesRequiredMembers(type, compilation)) return "it has required members, which generated code does not set; set them in a constructor with [SetsRequiredMembers]";
        if (stage is not (StageKind.PreProcess or StageKind.Process or StageKind.PostProcess)) return "its stage is none of the three; use a member of JobStage";
        return constructor.State switch
        {
            ConstructorState.Usable => null,
            ConstructorState.Missing => "it has no accessible constructor; make one internal or public",
            ConstructorState.Ambiguous => "it has more than one accessible constructor; leave one, or mark the one to use with [ActivatorUtilitiesConstructor]",
            _ => "its constructor has a parameter that no service can fill; take what a service provider can give",
        };
    }

    private static bool IsContract(INamedTypeSymbol type) =>
        type.OriginalDefinition.IsNamed("Overseer", "IJobHarness") || type.OriginalDefinition.IsNamed("Overseer", "IJobHarness`1");

    /// <summary>Whether a call on the class would not be the call that the contract has: then it goes by the interface.</summary>
    private static bool IsExplicit(INamedTypeSymbol type, INamedTypeSymbol contract, Compilation compilation) =>
        contract.GetMembers("InvokeAsync") is not [IMethodSymbol { Arity: 1 } method]
        || type.FindImplementationForInterfaceMember(method) is not IMethodSymbol { ExplicitInterfaceImplementations.Length: 0, DeclaredAccessibility: Accessibility.Public, Arity: 1 } implementation
        || implementation.IsObsolete()
        || !HaveSameParameters(implementation, method, compilation.ObjectType)
        || Levels(type).Sum(level => level.GetMembers("InvokeAsync").Length) != 1;

    private static bool HaveSameParameters(IMethodSymbol one, IMethodSymbol other, ITypeSymbol result) =>
        one.Construct(result).Parameters.Zip(other.Construct(result).Parameters, (mine, theirs) => SymbolEqualityComparer.IncludeNullability.Equals(mine.Type, theirs.Type)).All(same => same);

    private static IEnumerable<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType) yield return level;
    }

    private static int Named(AttributeData attribute, string name, int otherwise)
    {
        foreach (var pair in attribute.NamedArguments)
        {
            if (pair.Key == name && pair.Value.Value is int value) return value;
        }

        return otherwise;
    }
}
