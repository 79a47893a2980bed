namespace Library;

/// <summary>The result of <see cref="Split"/>.</summary>
public sealed record Words(IReadOnlyList<string> Items);
