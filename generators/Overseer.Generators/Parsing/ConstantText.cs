using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.Generators.Parsing;

/// <summary>Writes a constant as the C# expression that gives it back, with its type.</summary>
internal static class ConstantText
{
    /// <summary>Null if generated code cannot name what it is.</summary>
    public static string? Of(TypedConstant constant, Compilation compilation) => constant switch
    {
        { IsNull: true } => "null",
        // The compiler says so itself.
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol { TypeKind: TypeKind.Error } } => "null",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } when !IsNameable(type, compilation) => null,
        { Kind: TypedConstantKind.Enum, Type: { } type } when !IsNameable(type, compilation) => null,
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({Name(type)})",
        { Kind: TypedConstantKind.Enum, Type: { } type } => $"({Name(type)})({Literal(constant.Value)})",
        { Kind: TypedConstantKind.Primitive } => Literal(constant.Value),
        _ => "null",
    };

    /// <summary>The parameter's default value; null if it has none.</summary>
    public static string? DefaultOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue) return null;
        var value = parameter.ExplicitDefaultValue;
        if (value is null) return parameter.Type.IsReferenceType ? "null" : "default";
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return type.TypeKind == TypeKind.Enum ? $"({Name(type)})({Literal(value)})" : Literal(value);
    }

    private static bool IsNameable(ITypeSymbol type, Compilation compilation) => Access.Of(type, compilation) != Model.Visibility.Hidden && !type.IsGone();

    private static string Literal(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        double number when double.IsNaN(number) || double.IsInfinity(number) => Special("double", double.IsNaN(number), number > 0),
        float number when float.IsNaN(number) || float.IsInfinity(number) => Special("float", float.IsNaN(number), number > 0),
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        int number => number.ToString(CultureInfo.InvariantCulture),
        uint number => number.ToString(CultureInfo.InvariantCulture) + "u",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        byte or sbyte or short or ushort => $"({SmallName(value)})({Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)})",
        _ => "default",
    };

    private static string SmallName(object value) => value switch
    {
        byte => "byte",
        sbyte => "sbyte",
        short => "short",
        _ => "ushort",
    };

    private static string Special(string type, bool isNaN, bool isPositive) =>
        isNaN ? $"{type}.NaN" : isPositive ? $"{type}.PositiveInfinity" : $"{type}.NegativeInfinity";

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
