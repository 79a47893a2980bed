using System.Globalization;
using Overseer.Faults;

// dotnet run --project tests/Overseer.Faults -- F6 --seed 42
if (args is ["worker", var settings]) return await FaultWorker.RunAsync(WorkerSettings.FromJson(settings));
if (args is ["client", var insert]) return await FaultClient.RunAsync(WorkerSettings.FromJson(insert));
var command = CommandLine.Parse(args);
if (command.Problem is not null)
{
    Console.Error.WriteLine(command.Problem);
    return 2;
}

if (command.Names.Count == 0 && command.SoakMinutes == 0)
{
    Console.WriteLine(CommandLine.Usage);
    foreach (var scenario in ScenarioList.All) Console.WriteLine($"  {scenario.Name,-6} {scenario.Title}");
    foreach (var twin in Twins.All) Console.WriteLine($"  {twin.Name}, caught by {twin.Scenario}: {twin.Title}");
    return 0;
}

if (command.SoakMinutes > 0) return await new Soak(TimeSpan.FromMinutes(command.SoakMinutes), command.Seed, command.Report).RunAsync();

var reports = new List<Report>();
foreach (var scenario in command.Scenarios)
{
    for (var i = 0; i < command.Repeat; i++)
    {
        Console.WriteLine($"{scenario.Name}: {scenario.Title}");
        var report = await Stage.RunAsync(scenario, command.Seed + i, command.IsLong, command.Twin);
        Console.WriteLine(report);
        foreach (var (fault, seconds) in report.Recoveries) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    after {fault}: {(seconds is { } s ? $"{s:F2} s until a job started" : "nothing was left to start")}"));
        reports.Add(report);
    }
}

foreach (var twin in command.Twins.Where(twin => ScenarioList.Find(twin.Scenario) is not null))
{
    var report = await Stage.RunAsync(ScenarioList.Find(twin.Scenario)!, command.Seed, twin: twin.Name);
    var isCaught = report.Violations.Any(violation => twin.Invariants.Contains(violation.Invariant));
    Console.WriteLine($"{twin.Name}: {(isCaught ? "caught" : "NOT CAUGHT")} by {twin.Scenario}. {twin.Title}\n  {report with { Violations = [.. report.Violations.Take(2)] }}");
    if (!isCaught) reports.Add(report with { Violations = [new Violation("twin", $"{twin.Name} was not caught")] });
}

var bad = reports.Where(report => !report.IsGood).ToList();
Console.WriteLine($"{reports.Count - bad.Count} good, {bad.Count} bad{(bad.Count == 0 ? "" : ": " + string.Join(", ", bad.Select(report => $"{report.Name} --seed {report.Seed}")))}");
return bad.Count == 0 ? 0 : 1;
