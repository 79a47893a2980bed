using FirstRun;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overseer;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOverseer(JobHandlers.All).UseSqlite("orders.db").AddWorker();
using var host = builder.Build();
await host.StartAsync();

var overseer = host.Services.GetRequiredService<IOverseerClient>();
var run = await overseer.TransactAsync(JobGraphs.CreateInvoice(new Order(7, Quantity: 3, Price: 19.90m), key: "order-7"));
try
{
    Console.WriteLine(await run.WaitAsync());
    Console.WriteLine(await run.ResultAsync(JobTypes.Print));
}
catch (OperationCanceledException stop)
{
    Console.WriteLine(stop.Message);                                     // Ctrl+C: the next start goes on with the run
    Environment.ExitCode = 1;
}

await host.StopAsync();

public sealed record Order(int Id, int Quantity, decimal Price);

[JobType("net")]
public sealed class Net
{
    public decimal Process(Order order) => order.Quantity * order.Price;
}

[JobType("tax")]
[DependsOn<Net>]
public sealed class Tax
{
    public decimal Process(decimal net) => Math.Round(net * 0.19m, 2);   // `net` is the result of Net
}

[JobType("print")]
[DependsOn<Net>, DependsOn<Tax>]
[JobGraph("Invoice")]                                                    // the graph: Print and all it needs
public sealed class Print
{
    public string Process(Order order, [ResultOf<Net>] decimal net, [ResultOf<Tax>] decimal tax) =>
        $"Order {order.Id}: {net} + {tax} tax = {net + tax}";
}
