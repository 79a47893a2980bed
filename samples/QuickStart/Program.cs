using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Overseer;
using QuickStart;

try
{
    var line = CommandLine.Parse(args);
    var graph = JobGraphs.CreateWeather(line.Args, line.Key);
    if (line.Help || line.Graph)
    {
        Console.WriteLine(line.Help ? CommandLine.Usage : GraphText.Of(graph));
        return 0;
    }

    line.MakeFolders();
    if (line.Reset) await line.DeleteDatabaseAsync();

    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Services.AddSingleton(line);
    builder.Services.AddOverseer(JobHandlers.All).UseSqlite(line.Database).AddWorker(options =>
    {
        // Short, so that a worker that died is missed after two seconds instead of a minute.
        options.HeartbeatSleep = TimeSpan.FromMilliseconds(500);
        options.HeartbeatTolerance = 4;
        options.DetectorSleep = TimeSpan.FromMilliseconds(20);
        options.IdleSleep = TimeSpan.FromMilliseconds(200);
        // Ctrl+C lets the running jobs finish, but not for long: they run again at the next start.
        options.DrainTime = TimeSpan.FromSeconds(2);
    });
    using var host = builder.Build();
    return await new Session(host, line).RunAsync(graph);
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n\n{CommandLine.Usage}");
    return 2;
}
catch (OperationCanceledException stop)
{
    Console.Error.WriteLine($"{stop.Message} Start again to go on.");
    return 1;
}
catch (Exception error) when (error is OverseerException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
