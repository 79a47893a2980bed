using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>A dictionary of type names that is written out in full: every key and every dependency is a constant.</summary>
internal sealed class LiteralGraph
{
    private readonly List<LiteralJob> jobs = [];
    private readonly List<SyntaxNode> places = [];

    private LiteralGraph()
    {
    }

    public IReadOnlyList<LiteralJob> Jobs => jobs;

    /// <summary>Where each string stands.</summary>
    public IReadOnlyList<SyntaxNode> Places => places;

    /// <summary>Null if the value is anything else.</summary>
    public static LiteralGraph? Read(IOperation? value)
    {
        if (value is null || OperationWalk.Unconverted(value) is not IObjectCreationOperation { Initializer.Initializers: var initializers } creation) return null;
        if (creation.Type?.MetadataName is not ("Dictionary`2" or "SortedDictionary`2" or "SortedList`2") || !creation.Arguments.All(IsOption)) return null;
        var graph = new LiteralGraph();
        return initializers.All(graph.Add) ? graph : null;
    }

    // A capacity or a comparer; anything else may bring entries along.
    private static bool IsOption(IArgumentOperation argument) =>
        argument.Parameter?.Type is { } type && (type.SpecialType == SpecialType.System_Int32 || type.Name is "IEqualityComparer" or "IComparer");

    private bool Add(IOperation initializer) => initializer switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] }, Value: var value } => Add(key.Value, value),
        IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var key, var value] } => Add(key.Value, value.Value),
        _ => false,
    };

    private bool Add(IOperation key, IOperation value)
    {
        if (Name(key) is not { } type || Elements(OperationWalk.Unconverted(value)) is not { } elements) return false;
        if (jobs.Exists(job => job.Type.Text == type.Text)) return false;
        var dependencies = elements.Select(Name).ToList();
        if (dependencies.Exists(dependency => dependency is null)) return false;
        jobs.Add(new(type, dependencies.Select(dependency => dependency!.Value).ToEquatableArray()));
        return true;
    }

    private LiteralName? Name(IOperation value)
    {
        if (value.ConstantValue is not { HasValue: true, Value: string text }) return null;
        places.Add(value.Syntax);
        return new(text, places.Count - 1);
    }

    private static IEnumerable<IOperation>? Elements(IOperation value) => value switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => [],
        ICollectionExpressionOperation collection => collection.Elements,
        IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType: var type } } when type.IsNamed("System", "Array") => [],
        _ => null,
    };
}
