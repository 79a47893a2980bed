namespace Overseer.Simulation.Tests;

/// <summary>Inserts the runs of a play until each is answered, and is the operator.</summary>
internal sealed class Client
{
    private readonly Backstage back;

    private readonly Actor actor;

    private readonly FaultyStore store;

    private readonly List<JobGraph> graphs = [];

    private readonly List<string> answered = [];

    private int busy;

    public Client(Backstage back)
    {
        this.back = back;
        actor = back.Stage.NewActor("client");
        store = new FaultyStore(back, actor);
        for (var count = back.Stage.Random.Next(1, 3); count > 0; count--) graphs.Add(Graphs.Random(back.Stage, $"key{count}"));
        foreach (var graph in graphs) back.History.Plan(graph);
    }

    public IReadOnlyCollection<string> Answered => answered;

    /// <summary>Whether every run was answered, and no operator waits.</summary>
    public bool IsDone => answered.Count == graphs.Count && busy == 0;

    public void Start()
    {
        foreach (var graph in graphs)
        {
            Do(async () =>
            {
                await Task.Delay(back.Stage.Milliseconds(0, 3000), back.Stage.Time);
                await store.InsertAsync(graph);
                answered.Add(graph.Key!);
            });
        }
    }

    public void Cancel(int choice) => About(choice, run => choice % 2 == 0 ? store.CancelRunAsync(run) : store.CancelJobAsync(JobId.For(run, choice % 5)));

    public void Retry(int choice) => About(choice, run => store.RetryFailedAsync(run));

    private void About(int choice, Func<RunId, Task> act)
    {
        RunId[] runs = [.. back.History.Runs];
        if (runs.Length > 0) Do(() => act(runs[choice % runs.Length]));
    }

    // Again and again, as people do who hear of a fault.
    private void Do(Func<Task> act)
    {
        busy++;
        _ = actor.Run(async () =>
        {
            for (var isDone = false; !isDone;)
            {
                try
                {
                    await act();
                    isDone = true;
                }
                catch (StoreFault)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), back.Stage.Time);
                }
            }

            busy--;
        });
    }
}
