using Microsoft.Extensions.Logging;

namespace Overseer.Postgres;

/// <summary>The log messages of this package. Event ids 300–319.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(301, LogLevel.Warning, "Store {Store}: notifications do not come through, as behind a transaction pooler. Idle workers poll from now on; set Listen to false to be spared this.")]
    public static partial void ListeningGivenUp(this ILogger log, string store);

    [LoggerMessage(302, LogLevel.Information, "Store {Store}: the connection that listens for ready jobs was lost, and is opened again. Jobs are found by polling meanwhile.")]
    public static partial void ListeningLost(this ILogger log, string store, Exception? error);

    [LoggerMessage(303, LogLevel.Warning, "Store {Store}: {Jobs} jobs that worker {Worker} was given without knowing are given back, since an answer was lost.")]
    public static partial void GivenBack(this ILogger log, string store, int jobs, int worker);
}
