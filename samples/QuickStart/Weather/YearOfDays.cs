namespace QuickStart;

/// <summary>What the days of one year were like.</summary>
/// <param name="Year">The year.</param>
/// <param name="Days">One character per day from 1 January: <c>D</c>rizzle, <c>R</c>ain, s<c>N</c>ow, <c>F</c>og, <c>S</c>un, <c>?</c> for unknown, <c>-</c> for a day that the data lacks.</param>
public sealed record YearOfDays(int Year, string Days)
{
    /// <summary>A kind's character in <see cref="Days"/>.</summary>
    public static char Letter(WeatherKind? kind) => kind switch
    {
        WeatherKind.Drizzle => 'D',
        WeatherKind.Rain => 'R',
        WeatherKind.Snow => 'N',
        WeatherKind.Fog => 'F',
        WeatherKind.Sun => 'S',
        _ => '?',
    };

    /// <summary>The years of these days.</summary>
    public static IReadOnlyList<YearOfDays> Of(IEnumerable<WeatherDay> days) =>
        [.. days.GroupBy(day => day.Date.Year).OrderBy(year => year.Key).Select(year => Of(year.Key, year))];

    /// <summary>How many days were of that kind; null for unknown.</summary>
    public int Count(WeatherKind? kind) => Days.Count(day => day == Letter(kind));

    private static YearOfDays Of(int year, IEnumerable<WeatherDay> days)
    {
        var letters = new string('-', DateTime.IsLeapYear(year) ? 366 : 365).ToCharArray();
        foreach (var day in days) letters[day.Date.DayOfYear - 1] = Letter(day.Kind);
        return new YearOfDays(year, new string(letters));
    }
}
