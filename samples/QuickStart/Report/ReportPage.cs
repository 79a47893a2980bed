namespace QuickStart;

/// <summary>The report: one HTML page that needs nothing but itself.</summary>
public static class ReportPage
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    });

    /// <summary>The whole page.</summary>
    public static string Render(string place, string origin, CleanWeather data, Climate climate, Extremes extremes) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>The weather of {place}</title>
        <style>
        {new Html(Style.Value)}</style>
        </head>
        <body>
        <main>
        <header>
        <p class="eyebrow">Daily weather records, {Years(data)}</p>
        <h1>The weather of {place}</h1>
        <p class="lead">{Words.Whole(data.Days)} days, {Words.Span(data.First, data.Last)}: what a year is like, what each day was like, and the days that stand out.</p>
        </header>
        {Figures(data, climate, extremes)}
        {ClimateSection.Render(climate)}
        {DaysSection.Render(extremes)}
        {RecordsSection.Render(extremes)}
        {CleaningSection.Render(data)}
        <footer>
        <p>Data: {origin}. A day is wet from {Words.Number(WeatherDay.WetFrom)} mm of precipitation.</p>
        <p>Made by an Overseer run of five jobs: read → clean → climate and extremes → report.</p>
        </footer>
        </main>
        </body>
        </html>

        """).Markup;

    private static string Years(CleanWeather data) =>
        data.First.Year == data.Last.Year ? $"{data.First.Year}" : $"{data.First.Year}–{data.Last.Year}";

    private static Html Figures(CleanWeather data, Climate climate, Extremes extremes)
    {
        var sunny = extremes.Years.Sum(year => year.Count(WeatherKind.Sun));
        return Html.Of($"""
            <section class="figures" aria-label="Key figures">
            {Figure(Words.Number(climate.MeanTemperature), "°C", "mean temperature")}
            {Figure(Words.Whole(climate.Precipitation), "mm", "precipitation in a year")}
            {Figure(Words.Whole(climate.WetDays), "days", "of a year are wet")}
            {Figure(Words.Whole(100m * sunny / data.Days), "%", "of all days are sunny")}
            </section>
            """);
    }

    private static Html Figure(string value, string unit, string label) => Html.Of($"""
        <div class="figure"><p class="value">{value}<span class="unit"> {unit}</span></p><p class="label">{label}</p></div>
        """);
}
