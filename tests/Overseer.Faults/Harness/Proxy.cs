using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Overseer.Faults;

/// <summary>Stands between clients and a PostgreSQL server, and does to their connections what networks do. Thread-safe.</summary>
/// <remarks>
/// It knows so much of the protocol that it can lose the answer to a commit: the server's <c>ReadyForQuery</c> comes when the transaction that
/// a request was is committed, so a connection that is cut in its place leaves the client without knowing.
/// </remarks>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener listener;

    private readonly ConcurrentDictionary<ProxyLink, byte> links = new();

    private readonly Task accepting;

    private int answersToDrop;

    private int requestsToDrop;

    private int tries;

    private volatile bool isRefusing;

    public Proxy(string socket, IPAddress? address = null)
    {
        Upstream = socket;
        listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The socket of the server that new connections go to.</summary>
    public string Upstream { get; set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each piece of data is on its way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many bytes a connection carries in a second, each way; 0 for as many as there are.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>Of each request and of each answer, the chance that the connection is cut in its place.</summary>
    public double CutChance { get; set; }

    public Random Random { get; set; } = new(0);

    public int Cuts { get; private set; }

    /// <summary>How many connections were asked for.</summary>
    public int Tries => Volatile.Read(ref tries);

    /// <summary>Whether new connections are refused.</summary>
    public bool IsRefusing
    {
        get => isRefusing;
        set => isRefusing = value;
    }

    public IEnumerable<ProxyLink> Links => links.Keys;

    /// <summary>A connection string that leads through it.</summary>
    public string Through(string connectionString, string host = "127.0.0.1") => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = host,
        Port = Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>Cuts what is open, or those of them that are meant.</summary>
    public int Cut(Func<ProxyLink, bool>? which = null)
    {
        var cut = 0;
        foreach (var link in links.Keys.Where(which ?? (_ => true)))
        {
            link.Dispose();
            cut++;
        }

        return cut;
    }

    /// <summary>The next so many answers are lost after the server committed: the connection is cut in their place.</summary>
    public void DropAnswers(int count) => Interlocked.Exchange(ref answersToDrop, count);

    /// <summary>The next so many requests are lost before the server sees them: the connection is cut in their place.</summary>
    public void DropRequests(int count) => Interlocked.Exchange(ref requestsToDrop, count);

    public int AnswersToDrop => Volatile.Read(ref answersToDrop);

    public int RequestsToDrop => Volatile.Read(ref requestsToDrop);

    internal bool LosesAnswer() => Loses(ref answersToDrop);

    internal bool LosesRequest() => Loses(ref requestsToDrop);

    internal void Forget(ProxyLink link) => links.TryRemove(link, out _);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
    }

    private bool Loses(ref int count)
    {
        var loses = false;
        if (Volatile.Read(ref count) > 0) loses = Interlocked.Decrement(ref count) >= 0;
        if (!loses && CutChance > 0)
        {
            lock (links) loses = Random.NextDouble() < CutChance;
        }

        if (loses) Cuts++;
        return loses;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref tries);
            if (isRefusing)
            {
                client.Dispose();
                continue;
            }

            var link = new ProxyLink(this, client);
            links.TryAdd(link, 0);
            _ = link.RunAsync();
        }
    }
}
