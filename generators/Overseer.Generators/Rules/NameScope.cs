namespace Overseer.Generators.Rules;

/// <summary>Names in use at one place of generated code.</summary>
internal sealed class NameScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> names = new(taken, StringComparer.Ordinal);

    /// <summary>The first of some names that is free, or the last with a number; it is in use from now on.</summary>
    public string Take(params string[] wanted)
    {
        foreach (var name in wanted)
        {
            if (names.Add(name)) return name;
        }

        for (var number = 2; ; number++)
        {
            var name = wanted[wanted.Length - 1] + number;
            if (names.Add(name)) return name;
        }
    }
}
