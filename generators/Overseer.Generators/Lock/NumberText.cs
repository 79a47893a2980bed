namespace Overseer.Generators.Lock;

/// <summary>Numbers with a <c>[JsonNumberHandling]</c>, written <c>text&lt;int:3&gt;</c> in a lock file.</summary>
internal static class NumberText
{
    // The values of JsonNumberHandling.
    private const int ReadsText = 1, WritesText = 2, NamedLiterals = 4;

    public static string Name(string number, int handling) => $"{number}:{handling}";

    public static bool Is(string name) => BuiltIns.IsNumber(Parse(name).Number);

    /// <summary>Whether numbers with one handling are read as numbers with another; a number without any has 0.</summary>
    public static bool CanBeReadAs(string stored, string now)
    {
        var (was, isNow) = (Parse(stored), Parse(now));
        var isReadAsText = (was.Handling & WritesText) == 0 || (isNow.Handling & ReadsText) != 0;
        var areLiteralsRead = (was.Handling & NamedLiterals) == 0 || (isNow.Handling & NamedLiterals) != 0 || !BuiltIns.HasLiterals(was.Number);
        return isReadAsText && areLiteralsRead && BuiltIns.CanBeReadAs(was.Number, isNow.Number);
    }

    private static (string Number, int Handling) Parse(string name)
    {
        var colon = name.IndexOf(':');
        return colon > 0 && int.TryParse(name.Substring(colon + 1), out var handling) ? (name.Substring(0, colon), handling) : (name, 0);
    }
}
