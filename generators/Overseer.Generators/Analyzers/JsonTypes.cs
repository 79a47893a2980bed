using Microsoft.CodeAnalysis;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>Types that System.Text.Json treats in a way of their own.</summary>
internal static class JsonTypes
{
    /// <summary>How deep type arguments may nest.</summary>
    public const int MostNested = 10;

    // A type with several arguments that all grow has as many as a tree has leaves, long before it is deep.
    private const int MostParts = 500;

    private static readonly HashSet<string> Values =
    [
        "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Guid", "System.Half", "System.Int128", "System.UInt128",
        "System.Uri", "System.Version",
    ];

    private static readonly HashSet<string> Documents =
    [
        "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument",
        "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray", "System.Text.Json.Nodes.JsonValue",
    ];

    // Public properties make some of these look like data, and some would even be read back, empty.
    private static readonly Dictionary<string, string> Live = new(StringComparer.Ordinal)
    {
        ["System.IO.Stream"] = "a stream",
        ["System.IO.TextReader"] = "a reader",
        ["System.IO.TextWriter"] = "a writer",
        ["System.Text.StringBuilder"] = "a StringBuilder",
        ["System.Text.Encoding"] = "an encoding",
        ["System.Exception"] = "an exception",
        ["System.Threading.Tasks.Task"] = "a task",
        ["System.Threading.Tasks.ValueTask"] = "a task",
        ["System.Threading.Tasks.ValueTask`1"] = "a task",
        ["System.Threading.CancellationToken"] = "a CancellationToken",
        ["System.Threading.CancellationTokenSource"] = "a CancellationTokenSource",
        ["System.Threading.WaitHandle"] = "a wait handle",
        ["System.Threading.Thread"] = "a thread",
        ["System.Threading.Timer"] = "a timer",
        ["System.Runtime.InteropServices.SafeHandle"] = "a handle",
        ["System.Reflection.MemberInfo"] = "reflection data",
        ["System.Reflection.Assembly"] = "reflection data",
        ["System.Runtime.Serialization.SerializationInfo"] = "a SerializationInfo",
        ["System.Delegate"] = "a delegate",
        ["System.Linq.Expressions.Expression"] = "an expression",
    };

    /// <summary>One JSON value by itself; the run time has metadata for these, so no context must list them.</summary>
    public static bool IsBuiltIn(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return nullable.TypeArguments[0] is { IsValueType: true } value && IsBuiltIn(value);
        return IsKey(type) || type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } || Documents.Contains(NameOf(type));
    }

    /// <summary>Free-form data that is read back as a <c>JsonElement</c>.</summary>
    public static bool IsAnything(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Dynamic;

    /// <summary>What can be the name of a JSON property; an enum can as well.</summary>
    public static bool IsKey(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_DateTime => true,
        >= SpecialType.System_SByte and <= SpecialType.System_Double => true,
        _ => Values.Contains(NameOf(type)),
    };

    /// <summary>What a type is if it stands for something that lives in this process only; null if it may be data.</summary>
    public static string? FindLive(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate) return "a delegate";
        if (type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr) return "an address or handle of this process";
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (Live.TryGetValue(NameOf(level), out var what)) return what;
        }

        return null;
    }

    /// <summary>Whether its type arguments nest so deep that it must be of a generic type which names an ever larger form of itself.</summary>
    /// <remarks>Neither System.Text.Json nor a walk over members comes to the end of such types; whoever walks stops at the first.</remarks>
    public static bool IsTooDeep(ITypeSymbol type)
    {
        var parts = 0;
        return IsDeeper(type, MostNested, ref parts);
    }

    /// <summary>Whether its text can be trusted to be all there is of its source.</summary>
    public static bool IsOfFramework(ITypeSymbol type) =>
        type.ContainingNamespace.FullName() is var space
        && (space is "System" or "Microsoft" || space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.", StringComparison.Ordinal))
        && !type.DeclaringSyntaxReferences.Any();

    /// <summary>Namespace and metadata name of the definition: <c>System.Collections.Generic.List`1</c>.</summary>
    public static string NameOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { ContainingType: null } named ? named.ContainingNamespace.FullName() + "." + named.MetadataName : "";

    private static bool IsDeeper(ITypeSymbol type, int levels, ref int parts)
    {
        if (levels < 0 || ++parts > MostParts) return true;
        if (type is IArrayTypeSymbol array) return IsDeeper(array.ElementType, levels - 1, ref parts);
        for (var level = type as INamedTypeSymbol; level is not null; level = level.ContainingType)
        {
            foreach (var argument in level.TypeArguments)
            {
                if (IsDeeper(argument, levels - 1, ref parts)) return true;
            }
        }

        return false;
    }
}
