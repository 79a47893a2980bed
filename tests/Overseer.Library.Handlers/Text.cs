namespace Library;

/// <summary>The args of both handlers.</summary>
public sealed record Text(string Content);
