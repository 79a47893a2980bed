using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Overseer;

/// <summary>The host's own limit to a shutdown, which would end a longer drain time early. Reached by its name, since this package knows the abstractions of hosting only.</summary>
internal static class HostShutdown
{
    private const string HostOptions = "Microsoft.Extensions.Hosting.HostOptions, Microsoft.Extensions.Hosting";

    // For what a worker does after its drain time: handlers honour their token, and the last endings are written.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Raises the limit to the drain time and a grace, where it is less. The host reads it when it stops.</summary>
    public static void Allow(TimeSpan drainTime, IServiceProvider services)
    {
        if (Type.GetType(HostOptions)?.GetProperty("ShutdownTimeout") is not { } limit || FindOptions(services) is not { } options) return;
        if (limit.GetValue(options) is TimeSpan time && time != Timeout.InfiniteTimeSpan && time < drainTime + Grace)
            limit.SetValue(options, drainTime + Grace);
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The host asks for IOptions<HostOptions> itself, so its code is there wherever there is a host.")]
    private static object? FindOptions(IServiceProvider services) =>
        (services.GetService(typeof(IOptions<>).MakeGenericType(Type.GetType(HostOptions)!)) as IOptions<object>)?.Value;
}
