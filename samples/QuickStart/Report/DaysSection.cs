namespace QuickStart;

/// <summary>What each day was like: a stripe per day, and the counts as a table.</summary>
internal static class DaysSection
{
    private static readonly WeatherKind?[] Kinds = [WeatherKind.Sun, WeatherKind.Rain, WeatherKind.Drizzle, WeatherKind.Fog, WeatherKind.Snow, null];

    public static Html Render(Extremes extremes)
    {
        var kinds = Kinds.Where(kind => extremes.Years.Any(year => year.Count(kind) > 0)).ToList();
        return Html.Of($"""
            <section aria-labelledby="days">
            <h2 id="days">Every day</h2>
            <p>One stripe is one day. {Comparison(extremes.Years)}</p>
            <figure>
            <figcaption class="legend">
            {kinds.Select(kind => Html.Of($"""<span class="key"><i class="box {DaysChart.Class(kind)}"></i>{Name(kind)}</span>"""))}
            </figcaption>
            <div class="scroll" role="region" aria-label="Chart of every day" tabindex="0">
            {DaysChart.Render(extremes.Years)}
            </div>
            </figure>
            <div class="scroll" role="region" aria-label="Table of the kinds of days" tabindex="0">
            <table>
            <caption>Days of each kind</caption>
            <thead><tr><th scope="col">Year</th>{kinds.Select(kind => Html.Of($"""<th scope="col">{Name(kind)}</th>"""))}</tr></thead>
            <tbody>
            {extremes.Years.Select(year => Row(year, kinds))}</tbody>
            </table>
            </div>
            </section>
            """);
    }

    private static string Name(WeatherKind? kind) => kind?.ToString() ?? "Unknown";

    private static string Comparison(IReadOnlyList<YearOfDays> years)
    {
        var most = years.MaxBy(year => year.Count(WeatherKind.Sun))!;
        var least = years.MinBy(year => year.Count(WeatherKind.Sun))!;
        return most == least
            ? $"{most.Year} had {most.Count(WeatherKind.Sun)} days of sun."
            : $"{most.Year} had {most.Count(WeatherKind.Sun)} days of sun, {least.Year} only {least.Count(WeatherKind.Sun)}.";
    }

    private static Html Row(YearOfDays year, IReadOnlyList<WeatherKind?> kinds) => Html.Of($"""
        <tr><th scope="row">{year.Year}</th>{kinds.Select(kind => Html.Of($"<td>{year.Count(kind)}</td>"))}</tr>

        """);
}
