using System.Globalization;
using Overseer;
using Spectre.Console;

namespace QuickStart;

/// <summary>A table that changes in place, for a terminal.</summary>
internal sealed class LiveView(LiveDisplayContext display) : IRunView
{
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private int frame;

    /// <summary>Shows a run in place until it has ended.</summary>
    public static Task WatchAsync(RunWatcher watcher) =>
        AnsiConsole.Live(new Text("")).StartAsync(display => watcher.WatchAsync(new LiveView(display)));

    public void Show(IReadOnlyList<JobLine> jobs)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders();
        table.AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("").NoWrap().RightAligned()).AddColumn(new TableColumn(""));
        foreach (var job in jobs)
        {
            table.AddRow(Mark(job.Status), Markup.Escape(job.Type), Took(job.Took), $"[grey]{Markup.Escape(job.Note)}[/]");
        }

        frame++;
        display.UpdateTarget(table);
    }

    private string Mark(JobStatus status) => status switch
    {
        JobStatus.Started => $"[yellow]{Spinner[frame % Spinner.Length]} started[/]",
        JobStatus.Finished => "[green]✓ finished[/]",
        JobStatus.Failed => "[red]✗ failed[/]",
        JobStatus.Aborted => "[red]✗ aborted[/]",
        _ => "[grey]· unstarted[/]",
    };

    private static string Took(TimeSpan? took) => took is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "";
}
