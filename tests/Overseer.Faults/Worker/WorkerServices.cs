using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Overseer.Faults;

/// <summary>The services of a worker process, good and bad.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The container makes them.")]
internal static class WorkerServices
{
    public static ServiceProvider Build(WorkerSettings settings, HistoryFile history, JobHandlerMap handlers)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new HistoryLoggerProvider(history)).SetMinimumLevel(LogLevel.Information));
        services.AddScoped<PerAttempt>().AddScoped<BadlyDisposed>().AddTransient<Incomplete>().AddTransient<Throwing>().AddSingleton<Captor>();
        foreach (var reporter in settings.Reporters)
        {
            if (reporter.Contains(':', StringComparison.Ordinal)) services.AddOverseer(handlers).UseSentry(reporter);
            else services.AddSingleton<IFailureReporter>(new BadReporter(reporter, history));
        }

        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public sealed class PerAttempt;

    /// <summary>Is not registered.</summary>
    public sealed class Missing;

    /// <summary>Is registered, and what it needs is not.</summary>
    public sealed class Incomplete(Missing missing)
    {
        public Missing Missing { get; } = missing;
    }

    public sealed class Throwing
    {
        public Throwing() => throw new InvalidOperationException("The constructor was told to throw.");
    }

    /// <summary>Lives longer than what it holds.</summary>
    public sealed class Captor(PerAttempt held)
    {
        public PerAttempt Held { get; } = held;
    }

    [SuppressMessage("Design", "CA1065", Justification = "That is the point.")]
    public sealed class BadlyDisposed : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("The service was told to throw when it is disposed.");
    }
}
