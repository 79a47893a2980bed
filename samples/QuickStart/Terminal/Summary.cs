using Overseer;
using Spectre.Console;

namespace QuickStart;

/// <summary>The results in a few rows.</summary>
internal static class Summary
{
    public static async Task PrintAsync(RunHandle run)
    {
        var climate = await run.ResultAsync(JobTypes.AnalyseClimate);
        var extremes = await run.ResultAsync(JobTypes.FindExtremes);
        var report = await run.ResultAsync(JobTypes.WriteReport);
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        table.AddRow("Mean temperature", $"{Words.Number(climate.MeanTemperature)} °C", "");
        table.AddRow("Precipitation in a year", $"{Words.Whole(climate.Precipitation)} mm", $"on {Words.Count(climate.WetDays, "wet day")}");
        table.AddRow("Hottest day", $"{Words.Number(extremes.Hottest.Value)} °C", Words.Date(extremes.Hottest.Date));
        table.AddRow("Coldest night", $"{Words.Number(extremes.Coldest.Value)} °C", Words.Date(extremes.Coldest.Date));
        table.AddRow("Wettest day", $"{Words.Number(extremes.Wettest.Value)} mm", Words.Date(extremes.Wettest.Date));
        AddSpell("Longest wet spell", extremes.LongestWet);
        AddSpell("Longest dry spell", extremes.LongestDry);
        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
        Console.WriteLine(File.Exists(report.Path) ? $"Report: {report.Path}" : $"The report {report.Path} is gone; start with --reset to make it again.");

        void AddSpell(string name, Streak? streak) =>
            table.AddRow(name, Words.Count(streak?.Days ?? 0, "day"), streak is null ? "" : Words.Span(streak.First, streak.Last()));
    }
}
