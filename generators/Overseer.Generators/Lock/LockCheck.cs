using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Overseer.Generators.Lock;

/// <summary>A lock file held against the code of its project.</summary>
internal sealed class LockCheck
{
    private LockCheck(LockedCode? code, IReadOnlyDictionary<string, TextSpan> places, IReadOnlyList<LockFinding> findings)
    {
        Code = code;
        Places = places;
        Findings = findings;
    }

    /// <summary>Null while anything else is wrong with the code.</summary>
    public LockedCode? Code { get; }

    /// <summary>Where the file says what, by <see cref="LockReader.Place"/>.</summary>
    public IReadOnlyDictionary<string, TextSpan> Places { get; }

    /// <summary>What strands or corrupts stored runs.</summary>
    public IReadOnlyList<LockFinding> Findings { get; }

    /// <summary>How the code differs, where it is compatible; null if it does not.</summary>
    public string? Difference { get; private init; }

    /// <summary>What workers of the last build could not do with what this one stores; null if they may go on.</summary>
    public string? OldWorkersTrouble { get; private init; }

    /// <summary>What is to stand in the file; null if it is that already, or if it may not be brought up to date.</summary>
    public string? NewText { get; private init; }

    /// <exception cref="LockFormatException">The text is no lock file.</exception>
    public static LockCheck Of(Compilation compilation, string text)
    {
        var (stored, places) = LockReader.Read(text);
        if (LockedCode.Of(compilation) is not { } code) return new(null, places, []);
        var findings = LockComparison.Find(stored, code);
        if (findings.Count > 0) return new(code, places, findings);
        var next = LockHistory.Of(stored, code);
        if (Differs(stored, next) is not { } difference) return new(code, places, []);
        var newText = LockWriter.Write(next);
        return new(code, places, [])
        {
            Difference = difference,
            OldWorkersTrouble = OldWorkers.FindTrouble(stored, code.Model),
            NewText = text.Contains("\r\n") ? newText.Replace("\n", "\r\n") : newText,
        };
    }

    // What is said in words may miss what the text does not. How types are called is not stored.
    private static string? Differs(LockModel stored, LockModel now) =>
        LockWriter.Write(TypeNumbers.Of(stored)) == LockWriter.Write(TypeNumbers.Of(now)) ? null : LockDifferences.Find(stored, now) ?? "it says it otherwise";
}
