namespace QuickStart;

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="Line">The line of the file; the header is line 1.</param>
/// <param name="Column">The column.</param>
/// <param name="Value">What is there.</param>
/// <param name="Rule">What should be there.</param>
public sealed record RowProblem(long Line, string Column, string? Value, string Rule)
{
    /// <summary>The problem as a line for people.</summary>
    public override string ToString() => $"line {Line}, {Column}: {(Value is null ? "missing" : $"'{Value}'")}; {Rule}";
}
