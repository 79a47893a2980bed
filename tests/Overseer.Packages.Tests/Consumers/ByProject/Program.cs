using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overseer;
using Shop.Handlers;
using Shop.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOverseer(JobHandlers.All).UseInMemory().AddWorker();
using var host = builder.Build();
await host.StartAsync();
var run = await host.Services.GetRequiredService<IOverseerClient>().TransactAsync(JobGraphs.CreateDoubled("seven letters"));
Console.WriteLine(await run.WaitAsync());
Console.WriteLine($"{await run.ResultAsync(JobTypes.Count)} doubled is {await run.ResultAsync(JobTypes.Double)}");
await host.StopAsync();

namespace Shop.Worker
{
    [JobType("double")]
    [DependsOn<Count>]
    [JobGraph("Doubled")]
    public sealed class Double
    {
        public int Process(int count) => 2 * count;
    }
}
