using System.Diagnostics.CodeAnalysis;

namespace Overseer.Faults;

/// <summary>Exceptions that are hard to write down.</summary>
internal static class OddException
{
    public const int Frames = 10_000;

    /// <summary>The exception of an act; null if it has none. A deep one is thrown here.</summary>
    public static Exception? Find(string act) => act switch
    {
        "throw-huge" => new InvalidOperationException("\0\ud800" + new string('x', 1 << 20)),
        "throw-deep" => Dive(Frames),
        "throw-mute" => new Mute(),
        "throw-wide" => new AggregateException(Enumerable.Range(0, 10_000).Select(i => new InvalidOperationException($"number {i}"))),
        "throw-nested" => Enumerable.Range(0, Frames).Aggregate(new InvalidOperationException("the innermost"), (inner, i) => new InvalidOperationException($"around {i}", inner)),
        _ => null,
    };

    private static Exception Dive(int depth) => depth == 0 ? throw new InvalidOperationException("from the bottom") : Dive(depth - 1) ?? new InvalidOperationException();

    /// <summary>Cannot be looked at.</summary>
    [SuppressMessage("Design", "CA1065", Justification = "That is the point.")]
    [SuppressMessage("Design", "CA1032", Justification = "Made here only.")]
    private sealed class Mute : Exception
    {
        public override string Message => throw new NotSupportedException("no message");

        public override string? StackTrace => throw new NotSupportedException("no trace");

        public override string ToString() => throw new NotSupportedException("no text");
    }
}
