using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Analyzers;

/// <summary>What the source of a member says of its first value. Of a member without source nothing is known.</summary>
internal static class JsonInitializer
{
    /// <summary>Whether it can only get its value from a constructor, so that one which is not put back is lost.</summary>
    public static bool IsFromConstructor(JsonMember member)
    {
        if (member.HasHiddenSetter) return true;
        if (member.Symbol.DeclaringSyntaxReferences is not [var reference]) return false;
        if (reference.GetSyntax() is ParameterSyntax) return true;
        if (member.Symbol is IPropertySymbol property && (property.IsAbstract || !IsAutomatic(reference.GetSyntax()))) return false;
        return Of(member.Symbol) is not { } value || NamesParameter(value, member.Symbol.ContainingType);
    }

    /// <summary>Whether it holds elements when its object is made.</summary>
    public static bool HasElements(ISymbol member) => Of(member) switch
    {
        CollectionExpressionSyntax { Elements.Count: > 0 } => true,
        BaseObjectCreationExpressionSyntax { Initializer.Expressions.Count: > 0 } => true,
        _ => false,
    };

    /// <summary>Whether it has a value when its object is made.</summary>
    public static bool HasValue(ISymbol member) => Of(member) is { } value && !IsNothing(value);

    /// <summary>Whether an object is there to be filled, so far as the source tells.</summary>
    public static bool IsMade(JsonMember member)
    {
        if (member.Symbol.DeclaringSyntaxReferences is not [var reference]) return true;
        if (member.Symbol is IPropertySymbol property && (property.IsAbstract || !IsAutomatic(reference.GetSyntax()))) return true;
        return Of(member.Symbol) is { } value ? !IsNothing(value) : member.Symbol.ContainingType.InstanceConstructors.Any(constructor => Assigns(constructor, member.Symbol.Name));
    }

    /// <summary>Whether its source certainly gives it another value than the default of its type.</summary>
    public static bool IsOtherThanDefault(JsonMember member) => Of(member.Symbol) is { } value && IsOtherThanDefault(value, member.Type);

    public static bool MayBeNull(ITypeSymbol type) => !type.IsValueType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static bool IsOtherThanDefault(ExpressionSyntax value, ITypeSymbol type) => value switch
    {
        _ when IsNothing(value) => false,
        PostfixUnaryExpressionSyntax forgiven => IsOtherThanDefault(forgiven.Operand, type),
        ParenthesizedExpressionSyntax inner => IsOtherThanDefault(inner.Expression, type),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression } signed => IsOtherThanDefault(signed.Operand, type),
        LiteralExpressionSyntax { Token.Value: { } literal } => IsOwn(type) && (MayBeNull(type) || !JsonLeftOut.IsZero(literal)),
        MemberAccessExpressionSyntax access => IsOtherThanDefault(access, type),
        InterpolatedStringExpressionSyntax => type.SpecialType == SpecialType.System_String,
        BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax => type.IsReferenceType,
        _ => false,
    };

    private static bool IsOtherThanDefault(MemberAccessExpressionSyntax access, ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String) return access is { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax };
        var held = Held(type);
        return held.TypeKind == TypeKind.Enum
            && access.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax
            && access.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Identifier.ValueText == held.Name
            && held.GetMembers(access.Name.Identifier.ValueText).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue is { } constant
            && (MayBeNull(type) || !JsonLeftOut.IsZero(constant));
    }

    // A type of the user's may turn any literal into anything.
    private static bool IsOwn(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || JsonTypes.IsKey(Held(type)) || Held(type).TypeKind == TypeKind.Enum;

    private static ITypeSymbol Held(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static bool IsNothing(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax forgiven => IsNothing(forgiven.Operand),
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.NullLiteralExpression) || literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        _ => value is DefaultExpressionSyntax,
    };

    // One that calls another constructor may do it there.
    private static bool Assigns(IMethodSymbol constructor, string member) =>
        constructor is { Parameters.IsEmpty: true, DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax() is ConstructorDeclarationSyntax syntax
        && (syntax.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) == true
            || syntax.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left switch
            {
                IdentifierNameSyntax name => name.Identifier.ValueText == member,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText == member,
                _ => false,
            }));

    private static ExpressionSyntax? Of(ISymbol member) => member.DeclaringSyntaxReferences is [var reference]
        ? reference.GetSyntax() switch
        {
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            _ => null,
        }
        : null;

    private static bool IsAutomatic(SyntaxNode property) =>
        property is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors }
        && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null });

    private static bool NamesParameter(ExpressionSyntax value, INamedTypeSymbol type)
    {
        var parameters = type.InstanceConstructors
            .Where(constructor => constructor.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is TypeDeclarationSyntax)
            .SelectMany(constructor => constructor.Parameters)
            .Select(parameter => parameter.Name)
            .ToList();
        return parameters.Count > 0
            && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => parameters.Contains(name.Identifier.ValueText));
    }
}
