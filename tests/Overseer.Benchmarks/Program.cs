using Overseer.Benchmarks.BlackBox;
using Overseer.Benchmarks.Contract;
using Overseer.Benchmarks.Generator;
using Overseer.Benchmarks.Peers;

const string Usage = """
    Usage: dotnet run -c Release --project tests/Overseer.Benchmarks -- VERB [options]

      generator [--handlers N] [--rounds R]
            times the source generator and the analyzers on a project of N handlers (default: 1000 and 5000)
      compare --url postgres://user@host:port/database [--n N] [--rounds R] [--c C]
            Overseer beside Hangfire.PostgreSql and Quartz, each in a new database on that server, as a table
      install | enqueue [--one-run] | enqueue1 | work | latency | chain | fan   --url U [--n N] [--c C] [--config tuned|default]
            one figure of one store, as one line of JSON; U is postgres://user@host:port/database or sqlite:FILE
            (latency: --latency-n, --interval-ms; chain: --chains, --probes; fan: --fans, --width; all: --limit SECONDS)
      insert --url U --shape single|chain|fan|layers --n N --seed S [--handler-ms M]
            inserts runs of about N jobs in all
      run --url U [--c C] [--until-idle] [--record]
            is a worker for these; --record notes each handler run in the table bench_effects
    """;

try
{
    if (args is not [var verb, .. var rest]) throw new UsageException("A verb is missing.");
    if (verb == "generator")
    {
        GeneratorBenchmark.Run(new BenchOptions(rest), Console.Out);
        return 0;
    }

    var options = new BenchOptions(rest);
    if (verb == "compare") return await Comparison.RunAsync(options, Console.Out);
    await using var store = BenchStore.Open(options.Url);
    var result = new Result(verb, options.IsTuned ? "tuned" : "default");
    var verbs = new Verbs(store, options, result);
    await (verb switch
    {
        "install" => verbs.InstallAsync(),
        "enqueue" => verbs.EnqueueAsync(),
        "enqueue1" => verbs.EnqueueOneByOneAsync(),
        "work" => verbs.WorkAsync(),
        "latency" => new Latency(store, options, result).MeasureAsync(rest),
        "produce" => new Latency(store, options, result).ProduceAsync(),
        "chain" => verbs.ChainAsync(),
        "fan" => verbs.FanAsync(),
        "insert" => new RandomRuns(store, options, result).InsertAsync(),
        "run" => new WorkerRun(store, options, result).RunAsync(),
        _ => throw new UsageException($"There is no verb '{verb}'."),
    });
    if (verb != "produce") result.Print(Console.Out);
    return 0;
}
catch (UsageException problem)
{
    Console.Error.WriteLine($"{problem.Message}\n\n{Usage}");
    return 2;
}
