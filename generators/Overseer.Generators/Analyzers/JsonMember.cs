using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Overseer.Generators.Analyzers;

/// <summary>A property or field that System.Text.Json sees when <c>IncludeFields</c> is set.</summary>
internal sealed class JsonMember
{
    private JsonMember(ISymbol symbol, ITypeSymbol type, bool isRead, bool isSet, bool hasHiddenSetter)
    {
        Symbol = symbol;
        Type = type;
        IsRead = isRead;
        IsSet = isSet;
        HasHiddenSetter = hasHiddenSetter;
        Ignore = symbol.IgnoreCondition();
    }

    public ISymbol Symbol { get; }

    public ITypeSymbol Type { get; }

    /// <summary>Whether its value is written.</summary>
    public bool IsRead { get; }

    /// <summary>Whether a value that was written is put back.</summary>
    public bool IsSet { get; }

    /// <summary>Whether it has a setter that is not public.</summary>
    public bool HasHiddenSetter { get; }

    /// <summary>When it is left out, a <c>JsonIgnoreCondition</c>.</summary>
    public int Ignore { get; }

    public bool IsIgnored => Ignore == JsonAttributes.IgnoreAlways;

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true } || Symbol.IsJsonRequired();

    /// <summary>Whether it may be missing from what was written.</summary>
    public bool IsLeftOutSometimes => Ignore switch
    {
        JsonAttributes.IgnoreAlways or JsonAttributes.IgnoreWhenWriting => true,
        JsonAttributes.IgnoreWhenNull => MayBeNull,
        JsonAttributes.IgnoreWhenDefault => MayBeNull || Type.IsValueType,
        _ => false,
    };

    private bool MayBeNull =>
        Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || (!Type.IsValueType && Type.NullableAnnotation != NullableAnnotation.NotAnnotated);

    /// <summary>The members of a type and its bases; one that is overridden or hidden counts once, as the most derived says.</summary>
    public static ImmutableArray<JsonMember> Of(INamedTypeSymbol type)
    {
        var members = ImmutableArray.CreateBuilder<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var levels = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : BasesOf(type.TupleUnderlyingType ?? type);
        foreach (var level in levels)
        {
            foreach (var symbol in level.GetMembers())
            {
                if (Parse(symbol) is { } member && names.Add(symbol.Name)) members.Add(member);
            }
        }

        return members.ToImmutable();
    }

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var level = type; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType) yield return level;
    }

    private static JsonMember? Parse(ISymbol symbol)
    {
        switch (symbol)
        {
            case IPropertySymbol { IsStatic: false, IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true } property:
                var (getter, setter) = (Accessor(property, of => of.GetMethod), Accessor(property, of => of.SetMethod));
                var isIncluded = property.IsIncluded();
                if (!isIncluded && !IsPublic(getter) && !IsPublic(setter)) return null;
                var isSet = setter is not null && (isIncluded || IsPublic(setter));
                return new(property, property.Type, getter is not null && (isIncluded || IsPublic(getter)), isSet, setter is not null && !isSet);
            case IFieldSymbol { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false } field:
                return IsPublic(field) || field.IsIncluded() ? new(field, field.Type, true, !field.IsReadOnly, false) : null;
            // The fields of a tuple are implicit, and so is the rest of a long one.
            case IFieldSymbol { IsStatic: false, ContainingType.IsTupleType: true } field when IsPublic(field) && SymbolEqualityComparer.Default.Equals(field.CorrespondingTupleField ?? field, field):
                return new(field, field.Type, true, true, false);
            default:
                return null;
        }
    }

    private static bool IsPublic(ISymbol? symbol) => symbol?.DeclaredAccessibility == Accessibility.Public;

    // An override may leave one of them to its base.
    private static IMethodSymbol? Accessor(IPropertySymbol property, Func<IPropertySymbol, IMethodSymbol?> get)
    {
        for (var level = property; level is not null; level = level.OverriddenProperty)
        {
            if (get(level) is { } accessor) return accessor;
        }

        return null;
    }
}
