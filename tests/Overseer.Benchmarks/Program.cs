using System.Globalization;
using Overseer.Benchmarks.Generator;

const string Usage = """
    Usage: dotnet run -c Release --project tests/Overseer.Benchmarks -- generator [--handlers N]... [--rounds R]

      generator   times the source generator and the analyzers on a project of N handlers (default: 1000 and 5000),
                  each step R times (default: 9), and prints the medians beside what the compiler alone needs
    """;

var sizes = new List<int>();
var rounds = 9;
var rest = new Queue<string>(args);
if (!rest.TryDequeue(out var verb) || verb != "generator") return Refuse(verb is null ? "A command is missing." : $"There is no command '{verb}'.");
while (rest.TryDequeue(out var option))
{
    if (option is not ("--handlers" or "--rounds")) return Refuse($"There is no option '{option}'.");
    if (!rest.TryDequeue(out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 100_000)
        return Refuse($"{option} takes a whole number from 1 to 100000, not '{text}'.");
    if (option == "--rounds") rounds = value;
    else sizes.Add(value);
}

if (sizes.Count == 0) sizes.AddRange([1000, 5000]);
foreach (var size in sizes) GeneratorBenchmark.Run(size, rounds, Console.Out);
return 0;

static int Refuse(string problem)
{
    Console.Error.WriteLine($"{problem}\n\n{Usage}");
    return 2;
}
