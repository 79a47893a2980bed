using System.Globalization;
using Sentry;
using Sentry.Extensibility;

namespace Overseer.Sentry;

/// <summary>Sets the tags of an event, after nothing that an exception carries can set them any more.</summary>
internal sealed class ReportTags : ISentryEventProcessorWithHint
{
    public SentryEvent Process(SentryEvent @event) => @event;

    public SentryEvent Process(SentryEvent @event, SentryHint hint)
    {
        if (hint.Items.TryGetValue(SentryReporter.ReportKey, out var item) && item is FailureReport report)
        {
            @event.SetTag("overseer.job_type", report.Type);
            @event.SetTag("overseer.job_id", report.Job.ToString());
            @event.SetTag("overseer.run_id", report.Run.ToString());
            if (report.Graph is not null) @event.SetTag("overseer.graph", report.Graph);
            @event.SetTag("overseer.attempt", report.Attempt.ToString(CultureInfo.InvariantCulture));
            @event.SetTag("overseer.status", report.Status.ToWord());
            @event.SetTag("overseer.reason", report.Reason.ToWord());
        }

        return @event;
    }
}
