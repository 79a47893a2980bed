namespace Overseer.Simulation.Tests;

/// <summary>The workers of a play: real ones, in processes that die, freeze and are started again.</summary>
internal sealed class Company(Backstage back, Handler handler, OverseerOptions options)
{
    private readonly List<Member> members = [];

    private int started;

    public void Start(bool handlesAll)
    {
        var member = new Member(back.Stage.NewActor($"worker {++started}"), handlesAll ? Graphs.Types : Graphs.Types[..2]);
        members.Add(member);
        back.History.Note($"{member.Actor.Name} starts");
        _ = member.Actor.Run(() => StartAsync(member));
    }

    public void Kill(int choice) => Lose(choice, member =>
    {
        back.History.Note($"{member.Actor.Name} dies");
        member.Actor.Die();
        Replace(member);
    });

    public void Freeze(int choice, TimeSpan time) => Lose(choice, member =>
    {
        back.History.Note($"{member.Actor.Name} freezes for {time.TotalSeconds:0.0} s");
        members.Add(member);
        member.Actor.Freeze(time);
    });

    public void Stop(int choice) => Lose(choice, member =>
    {
        if (member.Worker is null)
        {
            members.Add(member);
            return;
        }

        back.History.Note($"{member.Actor.Name} stops");
        _ = member.Actor.Run(() => member.Worker.StopAsync());
        Replace(member);
    });

    private void Lose(int choice, Action<Member> act)
    {
        if (members.Count == 0) return;
        var member = members[choice % members.Count];
        members.Remove(member);
        act(member);
    }

    private void Replace(Member member) =>
        back.Stage.Time.After(back.Stage.Milliseconds(0, 3000), () => Start(member.Types.Length == Graphs.Types.Length));

    private async Task StartAsync(Member member)
    {
        var process = new StagedProcess(back.Stage, member.Actor, back.Twist);
        var services = new Clock(back.Stage.Time);
        var store = new FaultyStore(back, member.Actor);
        while (member.Worker is null)
        {
            try
            {
                member.Worker = await OverseerWorker.StartAsync(store, handler.Map(member.Types), services, options, process, CancellationToken.None);
            }
            catch (StoreFault)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), back.Stage.Time);
            }
        }
    }

    private sealed class Member(Actor actor, string[] types)
    {
        public Actor Actor => actor;

        public string[] Types => types;

        public OverseerWorker? Worker { get; set; }
    }

    private sealed class Clock(TimeProvider time) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? time : null;
    }
}
