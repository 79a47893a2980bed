namespace Overseer.Generators.Model;

/// <summary>A type, as generated code and messages need it.</summary>
/// <param name="Name">As generated code writes it: <c>global::Reports.RawRows?</c>.</param>
/// <param name="Key">The same for all spellings of one type: without nullability and tuple names.</param>
/// <param name="Display">As messages show it: <c>RawRows</c>.</param>
/// <param name="Noun">What a parameter of it is named after: <c>RawRows</c>; empty for a type of the base class library.</param>
/// <param name="Scope">The namespaces and types around it, outermost first.</param>
/// <param name="Visibility">How far it can be seen.</param>
/// <param name="Traits">What else is to know of it.</param>
internal sealed record TypeModel(
    string Name, string Key, string Display, string Noun, EquatableArray<string> Scope, Visibility Visibility, TypeTraits Traits)
{
    /// <summary>Without the annotation of the type itself, for <c>typeof</c> and services.</summary>
    public string BareName => Is(TypeTraits.Nullable) && Is(TypeTraits.ReferenceType) ? Name.Substring(0, Name.Length - 1) : Name;

    public bool IsNullable => Is(TypeTraits.Nullable);

    public bool TakesNull => (Traits & (TypeTraits.Nullable | TypeTraits.Oblivious)) != 0;

    /// <summary>Whether generated code can name it as a type argument.</summary>
    public bool IsUsable => Visibility != Visibility.Hidden && (Traits & (TypeTraits.NoTypeArgument | TypeTraits.Unresolved)) == 0;

    public bool Is(TypeTraits trait) => (Traits & trait) != 0;
}
