namespace Overseer.Generators.Model;

/// <summary>The JSON metadata of an assembly that names a context.</summary>
/// <param name="Class">The generated class that holds it, in namespace <c>Overseer.Generated</c>.</param>
/// <param name="Context">The context, as generated code writes it; empty for a referenced assembly.</param>
/// <param name="IsObsolete">Whether naming the context warns.</param>
internal sealed record JsonModel(string Class, string Context, bool IsObsolete)
{
    /// <summary>The metadata as an expression.</summary>
    public string Expression => $"global::Overseer.Generated.{Class}.Payloads";
}
