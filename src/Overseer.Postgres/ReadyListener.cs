using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Overseer.Postgres.Sql;

namespace Overseer.Postgres;

/// <summary>Hears from the database when jobs become ready: one connection per store, opened with the first wait.</summary>
/// <remarks>
/// Only a hint, so nothing depends on it. It pings itself: a connection that is half dead, or a pooler that gives the session to
/// others, is silent, and nothing else would tell. A ping that does not come back drops the connection, within ten seconds; the first that never comes
/// back on a fresh one ends listening for good, and polling goes on. Statements notify only while the server's queue of notifications has room,
/// for a transaction that finds it full fails at its commit: a session of anybody's that listens and stays in a transaction fills it.
/// </remarks>
internal sealed class ReadyListener(PostgresDatabase database, Action<TimeSpan> heard, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();

    private readonly string ping = $"ping {Guid.NewGuid():N}";

    private Task? loop;

    private int isStarted;

    /// <summary>Whether it was given up, because notifications do not come through.</summary>
    public bool IsOff { get; private set; }

    public void Start()
    {
        if (!database.Options.Listen || Interlocked.Exchange(ref isStarted, 1) == 1) return;
        using (ExecutionContext.SuppressFlow()) loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (loop is not null) await loop;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.FromMilliseconds(500);
        var hasHeard = false;
        while (!stop.IsCancellationRequested && !IsOff)
        {
            try
            {
                await using var connection = await database.OpenAsync(stop.Token);
                var isBack = false;
                connection.Notification += (_, notification) =>
                {
                    if (notification.Payload == ping) isBack = true;
                    else heard(Age(notification.Payload));
                };
                await using (var listen = new NpgsqlCommand(database.Schema.Listen, connection)) await listen.ExecuteNonQueryAsync(stop.Token);
                // What came while nobody listened.
                heard(Watermark.Lag);
                while (true)
                {
                    isBack = false;
                    await PingAsync();
                    if (!isBack && !await HearAsync(connection, () => isBack, PingWithin))
                    {
                        IsOff = !hasHeard;
                        if (IsOff) log.ListeningGivenUp(database.Name);
                        else log.ListeningLost(database.Name, null);
                        await LeaveAsync(connection);
                        break;
                    }

                    hasHeard = true;
                    pause = TimeSpan.FromMilliseconds(500);
                    await HearAsync(connection, () => false, PingEvery);
                }
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                log.ListeningLost(database.Name, error);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> HearAsync(NpgsqlConnection connection, Func<bool> isEnough, TimeSpan time)
    {
        var ends = Environment.TickCount64 + (long)time.TotalMilliseconds;
        while (!isEnough())
        {
            var left = ends - Environment.TickCount64;
            if (left <= 0) return false;
            if (!await connection.WaitAsync(TimeSpan.FromMilliseconds(left), stop.Token)) return isEnough();
        }

        return true;
    }

    // The connection goes back to the pool, where it must not listen on; one that is half dead breaks here, and goes nowhere. Otherwise the next that
    // is opened, by this or by a claim, would be the same (seen: 30 s until its timeout).
    private async Task LeaveAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("UNLISTEN *", connection) { CommandTimeout = 1 };
            await command.ExecuteNonQueryAsync(stop.Token);
        }
        catch (NpgsqlException)
        {
            // Broken.
        }
    }

    // Over a connection of its own: behind a pooler both may happen to be given the same session, and what that hears tells nothing of the next.
    private async Task PingAsync()
    {
        await using var connection = await database.OpenAsync(stop.Token);
        await using var notify = database.Command(connection, WorkerSql.Ping, Values.OfText(ping));
        await notify.ExecuteNonQueryAsync(stop.Token);
    }

    // How long the transaction took, in milliseconds; nothing if what became ready may be due any time before.
    private static TimeSpan Age(string payload) =>
        int.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : Watermark.Lag;
}
