namespace Overseer.Faults;

/// <summary>What the program was asked for.</summary>
internal sealed record CommandLine
{
    public const string Usage =
        """
        Usage: dotnet run --project tests/Overseer.Faults -- NAME… [--seed N] [--repeat N] [--long] [--twin TWIN]
        NAME is a scenario, 'all', a twin, or 'twins': each twin against the scenario that has to catch it. --long lets scenarios take their time.
               dotnet run --project tests/Overseer.Faults -- --soak MINUTES [--seed N] [--report FILE]
        """;

    /// <summary>How long to go on with ever new seeds; 0 not to.</summary>
    public int SoakMinutes { get; init; }

    /// <summary>The file that a soak writes its report to.</summary>
    public string? Report { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];

    public int Seed { get; init; } = 1;

    public int Repeat { get; init; } = 1;

    public bool IsLong { get; init; }

    public string? Twin { get; init; }

    public string? Problem { get; init; }

    public IReadOnlyList<Scenario> Scenarios => Names.Contains("all") ? [.. ScenarioList.All.Where(scenario => IsLong || !scenario.IsLong)] : [.. Names.Select(ScenarioList.Find).OfType<Scenario>()];

    /// <summary>Twins to be run against the scenarios that have to catch them.</summary>
    public IReadOnlyList<Twin> Twins => Names.Contains("twins") ? Faults.Twins.All : [.. Faults.Twins.All.Where(twin => Names.Contains(twin.Name))];

    public static CommandLine Parse(string[] args)
    {
        var command = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seed" when int.TryParse(args.ElementAtOrDefault(i + 1), out var seed):
                    command = command with { Seed = seed };
                    i++;
                    break;
                case "--repeat" when int.TryParse(args.ElementAtOrDefault(i + 1), out var repeat) && repeat > 0:
                    command = command with { Repeat = repeat };
                    i++;
                    break;
                case "--soak" when int.TryParse(args.ElementAtOrDefault(i + 1), out var minutes) && minutes > 0:
                    command = command with { SoakMinutes = minutes };
                    i++;
                    break;
                case "--report" when args.Length > i + 1:
                    command = command with { Report = args[++i] };
                    break;
                case "--twin" when Faults.Twins.All.Any(twin => twin.Name == args.ElementAtOrDefault(i + 1)):
                    command = command with { Twin = args[i + 1] };
                    i++;
                    break;
                case "--long":
                    command = command with { IsLong = true };
                    break;
                case "all" or "twins":
                    command = command with { Names = [.. command.Names, args[i]] };
                    break;
                default:
                    if (ScenarioList.Find(args[i]) is null && Faults.Twins.All.All(twin => twin.Name != args[i])) return command with { Problem = $"'{args[i]}' is no scenario and no option with a value that fits.\n{Usage}" };
                    command = command with { Names = [.. command.Names, args[i]] };
                    break;
            }
        }

        return command;
    }
}
