namespace Overseer;

/// <summary>The name of one job in a store: <c>{run}-{number}</c> as the store gives it, or text the user chose.</summary>
/// <param name="Value">The id as text; empty until the job is stored, unless the user chose one.</param>
public readonly record struct JobId(string Value)
{
    /// <summary>The longest id a user may choose, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Whether there is an id: false for a job that is not stored yet and was given none.</summary>
    public bool IsAssigned => !string.IsNullOrEmpty(Value);

    /// <summary>The id that a store gives to a job whose user chose none.</summary>
    /// <param name="run">The run the job belongs to.</param>
    /// <param name="number">The job's number in it, from 0.</param>
    public static JobId For(RunId run, int number) => new($"{run.Number}-{number}");

    /// <summary>Reads an id that a store gave; false for an id that a user chose.</summary>
    public static bool TryParse(string value, out RunId run, out int number)
    {
        var dash = value.IndexOf('-', StringComparison.Ordinal);
        number = 0;
        run = default;
        if (dash <= 0 || !IsPlainNumber(value.AsSpan(0, dash)) || !IsPlainNumber(value.AsSpan(dash + 1))) return false;
        if (!long.TryParse(value.AsSpan(0, dash), out var runNumber) || !int.TryParse(value.AsSpan(dash + 1), out number)) return false;
        run = new RunId(runNumber);
        return true;
    }

    /// <summary>The id as text, or <c>(new)</c>.</summary>
    public override string ToString() => IsAssigned ? Value : "(new)";

    private static bool IsPlainNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0 && (text.Length == 1 || text[0] != '0');
}
