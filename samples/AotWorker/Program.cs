using AotWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overseer;

// A worker as one native file: dotnet publish -r linux-x64, then ./AotWorker trips.db
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOverseer(JobHandlers.All).UseSqlite(args.FirstOrDefault() ?? "trips.db").AddWorker();
using var host = builder.Build();
await host.StartAsync();

var overseer = host.Services.GetRequiredService<IOverseerClient>();
Trip[] trips = [new("Bern", 57.5, Vehicle.Train), new("Jura", 83, Vehicle.Bicycle), new("Home", 140.5, Vehicle.Train)];
var run = await overseer.TransactAsync(JobGraphs.CreateTravelReport(new Travel("Ada", trips), key: "ada-2026-10"));
try
{
    var outcome = await run.WaitAsync();
    Console.WriteLine(run.AlreadyExisted ? $"There already: {outcome}" : $"{outcome}");
    Console.WriteLine(await run.ResultAsync(JobTypes.Write));
}
catch (OperationCanceledException stop)
{
    // Ctrl+C or SIGTERM: the next start goes on with the run.
    Console.WriteLine(stop.Message);
    Environment.ExitCode = 1;
}

await host.StopAsync();
