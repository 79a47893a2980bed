using System.Globalization;

namespace QuickStart;

/// <summary>One row per year, one stripe per day.</summary>
internal static class DaysChart
{
    private const int Width = 960;
    private const int Left = 64;
    private const int Right = 936;
    private const int Top = 30;
    private const int RowHeight = 46;
    private const int RowGap = 12;
    private const decimal Day = (decimal)(Right - Left) / 366;

    public static string Class(WeatherKind? kind) => kind?.ToString().ToLowerInvariant() ?? "unknown";

    public static Html Render(IReadOnlyList<YearOfDays> years)
    {
        var height = Top + (years.Count * (RowHeight + RowGap));
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {height}" role="img" aria-labelledby="days-title days-desc">
            <title id="days-title">The kind of each day</title>
            <desc id="days-desc">{string.Join(' ', years.Select(Describe))}</desc>
            {years.Select((year, row) => Row(year, Top + (row * (RowHeight + RowGap))))}
            {Enumerable.Range(1, 12).Select(month => Month(month, height - RowGap))}
            </svg>
            """);
    }

    private static string Describe(YearOfDays year) => string.Create(
        CultureInfo.InvariantCulture,
        $"{year.Year}: {string.Join(", ", Enum.GetValues<WeatherKind>().Select(kind => $"{Class(kind)} {year.Count(kind)}"))}.");

    private static Html Row(YearOfDays year, int top) => Html.Of($"""
        <text class="year" x="{Left - 12}" y="{top + (RowHeight / 2) + 5}">{year.Year}</text>
        {Stretches(year.Days).Select(stretch => Stripe(stretch, top))}

        """);

    private static Html Stripe((int First, int Days, char Letter) stretch, int top)
    {
        var known = Enum.GetValues<WeatherKind>().Cast<WeatherKind?>().FirstOrDefault(kind => YearOfDays.Letter(kind) == stretch.Letter);
        var first = Left + (stretch.First * Day);
        return Html.Of($"""<rect class="{Class(known)}" x="{first:0.##}" y="{top}" width="{stretch.Days * Day:0.##}" height="{RowHeight}"/>""");
    }

    /// <summary>Days of one kind in a row, which are drawn as one.</summary>
    private static IEnumerable<(int First, int Days, char Letter)> Stretches(string days)
    {
        for (int first = 0, next; first < days.Length; first = next)
        {
            for (next = first + 1; next < days.Length && days[next] == days[first];) next++;
            if (days[first] != '-') yield return (first, next - first, days[first]);
        }
    }

    private static Html Month(int month, int bottom)
    {
        // A leap year's, so that 1 March is in one place for all years but one day.
        var first = Left + ((new DateOnly(2012, month, 1).DayOfYear - 1) * Day);
        return Html.Of($"""
            <line class="cut" x1="{first:0.#}" x2="{first:0.#}" y1="{Top - 6}" y2="{bottom}"/><text class="start" x="{first + 5:0.#}" y="{Top - 12}">{Words.ShortMonth(month)}</text>

            """);
    }
}
