namespace QuickStart;

/// <summary>What a year is like: a chart, and the same as a table.</summary>
internal static class ClimateSection
{
    public static Html Render(Climate climate)
    {
        var warmest = climate.Months.MaxBy(month => month.MeanMax)!;
        var wettest = climate.Months.MaxBy(month => month.Precipitation)!;
        var driest = climate.Months.MinBy(month => month.Precipitation)!;
        return Html.Of($"""
            <section aria-labelledby="climate">
            <h2 id="climate">The year</h2>
            <p>{Words.Month(warmest.Month)} is the warmest month, with a mean high of {Words.Number(warmest.MeanMax)}&nbsp;°C. {Words.Month(wettest.Month)} brings
            {Words.Whole(wettest.Precipitation)}&nbsp;mm of precipitation, {Words.Month(driest.Month)} {Words.Whole(driest.Precipitation)}&nbsp;mm.</p>
            <figure>
            <figcaption class="legend">
            <span class="key"><i class="line max"></i>mean highest temperature of a day</span>
            <span class="key"><i class="line min"></i>mean lowest</span>
            <span class="key"><i class="box rain"></i>precipitation in the month</span>
            </figcaption>
            <div class="scroll" role="region" aria-label="Chart of the year" tabindex="0">
            {ClimateChart.Render(climate)}
            </div>
            </figure>
            <div class="scroll" role="region" aria-label="Table of the year" tabindex="0">
            <table class="months">
            <caption>The mean year in numbers</caption>
            <thead><tr><td></td>{climate.Months.Select(month => Html.Of($"""<th scope="col">{Words.ShortMonth(month.Month)}</th>"""))}<th scope="col">Year</th></tr></thead>
            <tbody>
            {Row("Highest, °C", climate, month => month.MeanMax, climate.Months.Average(month => month.MeanMax))}
            {Row("Lowest, °C", climate, month => month.MeanMin, climate.Months.Average(month => month.MeanMin))}
            {Row("Precipitation, mm", climate, month => month.Precipitation, climate.Precipitation)}
            {Row("Wet days", climate, month => month.WetDays, climate.WetDays)}
            </tbody>
            </table>
            </div>
            </section>
            """);
    }

    private static Html Row(string name, Climate climate, Func<MonthClimate, decimal> value, decimal year) => Html.Of($"""
        <tr><th scope="row">{name}</th>{climate.Months.Select(month => Html.Of($"<td>{Words.Number(value(month))}</td>"))}<td>{Words.Number(year)}</td></tr>
        """);
}
