namespace QuickStart;

/// <summary>The days that stand out, and what all the others were like.</summary>
/// <param name="Hottest">The day with the highest temperature in °C.</param>
/// <param name="Coldest">The day with the lowest temperature in °C.</param>
/// <param name="Wettest">The day with the most precipitation in mm.</param>
/// <param name="LongestWet">The most wet days in a row; null if there are none.</param>
/// <param name="LongestDry">The most days in a row that were not wet; null if there are none.</param>
/// <param name="Years">Each year, day by day.</param>
public sealed record Extremes(
    DayValue Hottest, DayValue Coldest, DayValue Wettest, Streak? LongestWet, Streak? LongestDry, IReadOnlyList<YearOfDays> Years)
{
    /// <summary>The extremes of these days, which are in order of their dates; the earliest of several.</summary>
    public static Extremes Of(IReadOnlyList<WeatherDay> days) => new(
        Of(days.MaxBy(day => day.TempMax)!, day => day.TempMax),
        Of(days.MinBy(day => day.TempMin)!, day => day.TempMin),
        Of(days.MaxBy(day => day.Precipitation)!, day => day.Precipitation),
        Streak.Longest(days, day => day.IsWet),
        Streak.Longest(days, day => !day.IsWet),
        YearOfDays.Of(days));

    private static DayValue Of(WeatherDay day, Func<WeatherDay, decimal> value) => new(day.Date, value(day));
}
