using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Overseer.Sentry;
using Sentry;

namespace Overseer;

/// <summary>Adds Sentry to what <c>AddOverseer</c> returns.</summary>
public static class SentryOverseerBuilderExtensions
{
    /// <summary>Reports jobs that failed for good, or that their handler aborted aloud, to Sentry: one event each, with no args in it.</summary>
    /// <remarks>
    /// <para>
    /// The reporter has a Sentry client of its own; it neither reads nor changes what <c>SentrySdk.Init</c> set up. An event has the
    /// exception (types, messages and stack traces, never <see cref="Exception.Data"/>), the tags <c>overseer.job_type</c>,
    /// <c>overseer.job_id</c>, <c>overseer.run_id</c>, <c>overseer.graph</c>, <c>overseer.attempt</c>, <c>overseer.status</c> and
    /// <c>overseer.reason</c>, and is grouped by job type and exception type.
    /// </para>
    /// <para>
    /// In <c>SetBeforeSend</c>, <c>hint.Items["overseer.report"]</c> is the <see cref="FailureReport"/>. What is still unsent when the
    /// container is disposed gets <see cref="SentryOptions.ShutdownTimeout"/> (default: 2 s). A native AOT build for a Linux older
    /// than glibc 2.38 needs <c>&lt;SentryNative&gt;false&lt;/SentryNative&gt;</c> in its project.
    /// </para>
    /// </remarks>
    /// <param name="builder">What <c>AddOverseer</c> returned.</param>
    /// <param name="dsn">The project's DSN. Default: the configuration value <c>Overseer:Sentry:Dsn</c>. Empty switches reporting off.</param>
    /// <param name="configure">Sets anything else, such as the environment, the release or a filter; runs after <paramref name="dsn"/> is applied.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="OptionsValidationException">At start of the host: the DSN is malformed.</exception>
    public static OverseerBuilder UseSentry(this OverseerBuilder builder, string? dsn = null, Action<SentryOptions>? configure = null)
    {
        builder.Services.AddOptions<SentryOptions>(SentryReporter.OptionsName)
            .Configure<IServiceProvider>((options, services) =>
            {
                SentryReporter.ApplyDefaults(options, LoggerOf(services), services.GetRequiredService<TimeProvider>());
                options.Dsn = dsn ?? services.GetService<IConfiguration>()?[SentryDsn.Setting];
                configure?.Invoke(options);
            })
            .ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SentryOptions>, SentryDsn>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureReporter, SentryReporter>(services =>
            new SentryReporter(
                services.GetRequiredService<IOptionsMonitor<SentryOptions>>().Get(SentryReporter.OptionsName), LoggerOf(services))));
        return builder;
    }

    private static ILogger LoggerOf(IServiceProvider services) =>
        services.GetService<ILoggerFactory>()?.CreateLogger("Overseer.Sentry") ?? NullLogger.Instance;
}
