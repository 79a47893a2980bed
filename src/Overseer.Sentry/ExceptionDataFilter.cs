using Sentry;
using Sentry.Extensibility;
using Sentry.Protocol;

namespace Overseer.Sentry;

/// <summary>Takes everything out of an event that came from <see cref="Exception.Data"/>: it is where libraries leave payloads and secrets.</summary>
/// <remarks>
/// The SDK spreads those entries over the exceptions' mechanisms, and over the event's tags, contexts and extras by key. It does so
/// before any added processor runs, so at this point the event holds nothing else there, and all of it can go.
/// </remarks>
internal sealed class ExceptionDataFilter : ISentryEventExceptionProcessor
{
    public void Process(Exception exception, SentryEvent sentryEvent)
    {
        foreach (var tag in sentryEvent.Tags.Keys.ToArray()) sentryEvent.UnsetTag(tag);
        sentryEvent.Contexts.Clear();
        // There is no way to unset an extra; the dictionary behind the read-only view is the event's own.
        (sentryEvent.Extra as IDictionary<string, object?>)?.Clear();
        foreach (var thrown in sentryEvent.SentryExceptions ?? []) thrown.Mechanism = PlaceInTree(thrown.Mechanism);
    }

    /// <summary>Where the exception stands among its inner ones, which is all of the mechanism that <see cref="Exception.Data"/> cannot set.</summary>
    private static Mechanism? PlaceInTree(Mechanism? mechanism) => mechanism is null ? null : new Mechanism
    {
        Type = mechanism.Source is null ? "generic" : "chained",
        Source = mechanism.Source,
        Handled = true,
        ExceptionId = mechanism.ExceptionId,
        ParentId = mechanism.ParentId,
        IsExceptionGroup = mechanism.IsExceptionGroup,
    };
}
