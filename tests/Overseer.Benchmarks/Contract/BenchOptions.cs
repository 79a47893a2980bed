using System.Globalization;

namespace Overseer.Benchmarks.Contract;

/// <summary>The options of one verb, such as <c>--n 10000</c>. What a verb does not know is ignored.</summary>
internal sealed class BenchOptions
{
    private static readonly string[] Flags = ["one-run", "until-idle", "record"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <exception cref="UsageException">It is no list of options.</exception>
    public BenchOptions(IEnumerable<string> arguments)
    {
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var option))
        {
            if (!option.StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'{option}' is no option. Options begin with --, such as --n 10000.");
            var name = option[2..];
            if (Flags.Contains(name)) values[name] = "";
            else if (rest.TryDequeue(out var value)) values[name] = value;
            else throw new UsageException($"{option} has no value. Give it one, such as {option} 10.");
        }
    }

    public string Url => values.GetValueOrDefault("url") ?? throw new UsageException("--url is missing. Give a database, such as --url postgres://postgres@localhost:5432/bench or --url sqlite:bench.db.");

    public bool IsTuned => Text("config", "tuned", "tuned", "default") == "tuned";

    public int Concurrency => Number("c", 16, 1, 10_000);

    public bool Has(string flag) => values.ContainsKey(flag);

    /// <exception cref="UsageException">It is none of the words.</exception>
    public string Text(string name, string otherwise, params string[] words)
    {
        var value = values.GetValueOrDefault(name, otherwise);
        return words.Contains(value) ? value : throw new UsageException($"--{name} is '{value}'. It is one of {string.Join(", ", words)}.");
    }

    /// <exception cref="UsageException">It is no number in the range.</exception>
    public int Number(string name, int otherwise, int least = 0, int most = 100_000_000)
    {
        if (!values.TryGetValue(name, out var text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new UsageException($"--{name} is '{text}'. It is a whole number from {least} to {most}.");
    }
}
