using Overseer;

namespace QuickStart;

/// <summary>Writes the report; the graph is this job and all that it needs.</summary>
[JobType("report")]
[DependsOn<Clean>, DependsOn<AnalyseClimate>, DependsOn<FindExtremes>]
[JobGraph("Weather")]
public sealed class WriteReport
{
    /// <summary>Takes the results of three jobs: the edges carry the data.</summary>
    public WeatherReport Process(WeatherArgs args, CleanWeather clean, Climate climate, Extremes extremes)
    {
        var page = ReportPage.Render(args.Place, args.Origin, clean, climate, extremes);
        var path = Path.Combine(args.Folder, "report.html");
        WholeFile.Write(path, writer => writer.Write(page));
        return new WeatherReport(path, page.Length);
    }
}
