using Overseer;
using Overseer.Crash.Worker;

// One worker process on a SQLite file: says on its output when a handler starts and ends, and works until it is killed or all is done.
var (file, until) = (args[0], args.ElementAtOrDefault(1));
await using var store = new SqliteJobStore(file);
var output = Console.Out;
await using var worker = await OverseerWorker.StartAsync(
    store,
    StepJob.Handlers(line =>
    {
        lock (output)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }),
    options: new OverseerOptions
    {
        Concurrency = 4,
        DetectorSleep = TimeSpan.FromMilliseconds(10),
        IdleSleep = TimeSpan.FromMilliseconds(50),
        HeartbeatSleep = TimeSpan.FromMilliseconds(100),
        HeartbeatTolerance = 5,
        // The test kills on purpose, more often than any job should be lost by chance.
        LossLimit = 100,
    });

if (until is not null)
{
    var run = await new OverseerClient(store, StepJob.Handlers(_ => { })).FindRunAsync(until);
    await run!.WaitAsync();
    await worker.StopAsync();
    return;
}

await worker.Completion;
