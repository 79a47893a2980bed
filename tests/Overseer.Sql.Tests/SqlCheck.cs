using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Overseer.Sql.Tests;

/// <summary>
/// Follows every text that a database driver is given as SQL back to where it is written. It has to be a constant, or a constant in which
/// <c>SchemaName</c> has put the schema's name, or a migration that is embedded in the assembly.
/// </summary>
/// <remarks>
/// Where a method hands its own parameter on, whoever calls it is asked instead. What is not understood is a problem: a new way to make
/// SQL has to be added here before it passes.
/// </remarks>
internal sealed class SqlCheck
{
    private static readonly string[] Drivers = ["Npgsql", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "System.Data.Common", "Dapper"];
    private static readonly string[] SchemaMembers = ["Overseer.Postgres.SchemaName.Of", "Overseer.Postgres.SchemaName.Listen", "Overseer.Sqlite.SqliteSession.Of"];
    private static readonly string[] EmbeddedFiles = ["Overseer.Postgres.Migration.Sql", "Overseer.Sqlite.Migration.Sql"];

    private readonly List<IOperation> operations = [];
    private readonly HashSet<IParameterSymbol> asked = new(SymbolEqualityComparer.Default);
    private readonly Queue<IParameterReferenceOperation> open = [];
    private readonly SortedSet<string> problems = new(StringComparer.Ordinal);

    private SqlCheck(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                // Only whole bodies and initializers have no operation above them.
                if (model.GetOperation(node) is { Parent: null } root) operations.AddRange(root.DescendantsAndSelf());
            }
        }
    }

    /// <summary>How many texts were followed to where they are written.</summary>
    public int Texts { get; private set; }

    public IReadOnlyCollection<string> Problems => problems;

    public static SqlCheck Of(CSharpCompilation compilation)
    {
        var check = new SqlCheck(compilation);
        foreach (var operation in check.operations) check.LookAt(operation);
        while (check.open.TryDequeue(out var handedOn)) check.AskCallers(handedOn);
        return check;
    }

    private void LookAt(IOperation operation)
    {
        switch (operation)
        {
            case IArgumentOperation { Parameter: { } parameter } argument when IsSql(parameter):
                Follow(argument.Value);
                break;
            case IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" } } assignment:
                Follow(assignment is ISimpleAssignmentOperation ? assignment.Value : assignment);
                break;
            case IMethodReferenceOperation reference when reference.Method.Parameters.Any(IsSql):
                Report(reference, "is handed on as a delegate, so that nobody sees what it is called with");
                break;
        }
    }

    private void AskCallers(IParameterReferenceOperation handedOn)
    {
        var parameter = handedOn.Parameter;
        var given = operations.OfType<IArgumentOperation>().Where(argument => Same(argument.Parameter, parameter)).ToList();
        if (given.Count == 0) Report(handedOn, "comes from a caller that cannot be seen");
        foreach (var argument in given) Follow(argument.Value);
        foreach (var operation in operations)
        {
            if (operation is IMethodReferenceOperation reference && Same(reference.Method, parameter.ContainingSymbol)) Report(reference, "is handed on as a delegate, so that nobody sees what it is called with");
        }
    }

    private void Follow(IOperation value)
    {
        switch (value)
        {
            case { ConstantValue.HasValue: true }:
                Texts++;
                break;
            case IConversionOperation conversion:
                Follow(conversion.Operand);
                break;
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                Follow(conditional.WhenTrue);
                Follow(otherwise);
                break;
            case ICoalesceOperation coalesce:
                Follow(coalesce.Value);
                Follow(coalesce.WhenNull);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms) Follow(arm.Value);
                break;
            case IThrowOperation:
                break;
            case IInvocationOperation { Arguments: [var sql] } call when SchemaMembers.Contains(NameOf(call.TargetMethod)):
                Follow(sql.Value);
                break;
            case IPropertyReferenceOperation { Property: var property } when SchemaMembers.Contains(NameOf(property)):
            case IPropertyReferenceOperation { Property: var file } when EmbeddedFiles.Contains(NameOf(file)):
                Texts++;
                break;
            case IParameterReferenceOperation { Parameter: var parameter } handedOn when parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.Constructor or MethodKind.LocalFunction }:
                if (asked.Add(parameter.OriginalDefinition)) open.Enqueue(handedOn);
                break;
            case ILocalReferenceOperation { Local: var local }:
                FollowAll(Written(local), value);
                break;
            default:
                Report(value, "is put together at run time");
                break;
        }
    }

    private void FollowAll(List<IOperation> written, IOperation value)
    {
        if (written.Count == 0) Report(value, "comes from where it cannot be seen");
        foreach (var one in written) Follow(one);
    }

    private List<IOperation> Written(ILocalSymbol local) =>
    [
        .. operations.Select(operation => operation switch
        {
            IVariableDeclaratorOperation { Initializer: { } initializer } declarator when Same(declarator.Symbol, local) => initializer.Value,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Same(target.Local, local) => assignment.Value,
            // += and ??= and the like: what they make is none of the above.
            IAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Same(target.Local, local) => assignment,
            IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: ILocalReferenceOperation target } argument when Same(target.Local, local) => argument,
            _ => null,
        }).OfType<IOperation>(),
    ];

    private static bool IsSql(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_String
        && Drivers.Contains(parameter.ContainingAssembly.Name, StringComparer.Ordinal)
        && (parameter.Name.Contains("sql", StringComparison.OrdinalIgnoreCase) || parameter.Name.Contains("command", StringComparison.OrdinalIgnoreCase)
            || parameter.Name is "cmdText" or "savepointName" or "query" || parameter.ContainingType.Name == "NpgsqlTransaction");

    private static string NameOf(ISymbol symbol) => $"{symbol.ContainingType.ToDisplayString()}.{symbol.Name}";

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, other?.OriginalDefinition);

    private void Report(IOperation value, string what)
    {
        var place = value.Syntax.GetLocation().GetLineSpan();
        problems.Add(
            $"{place.Path}:{place.StartLinePosition.Line + 1}: SQL '{value.Syntax}' {what}. SQL is a constant, in which only SchemaName.Of changes the schema's name: "
            + "write it as one, and pass what varies as a parameter.");
    }
}
