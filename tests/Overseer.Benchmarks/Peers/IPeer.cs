namespace Overseer.Benchmarks.Peers;

/// <summary>A way to run jobs from a PostgreSQL database. Its jobs call <see cref="PeerTally.Ran"/>.</summary>
internal interface IPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Whether it does some hundred jobs a second.</summary>
    bool IsSlow { get; }

    Task InstallAsync();

    Task InsertAsync(int jobs);

    /// <summary>Inserts chains of jobs, each of which runs after the one before.</summary>
    Task InsertChainsAsync(int chains, int length);

    Task StartAsync();
}
