namespace QuickStart;

/// <summary>The climate of a place.</summary>
/// <param name="MeanTemperature">The mean temperature in °C, half-way between the days' highest and lowest.</param>
/// <param name="Precipitation">The mean of the years' precipitation in mm.</param>
/// <param name="WetDays">The mean number of wet days in a year.</param>
/// <param name="Months">The months of the year that the data has.</param>
public sealed record Climate(decimal MeanTemperature, decimal Precipitation, decimal WetDays, IReadOnlyList<MonthClimate> Months)
{
    /// <summary>The climate of these days.</summary>
    public static Climate Of(IReadOnlyList<WeatherDay> days)
    {
        var months = days.GroupBy(day => day.Date.Month).OrderBy(month => month.Key).Select(month => Month(month.Key, [.. month])).ToList();
        return new Climate(
            Math.Round(days.Average(day => (day.TempMax + day.TempMin) / 2), 1),
            months.Sum(month => month.Precipitation),
            months.Sum(month => month.WetDays),
            months);
    }

    private static MonthClimate Month(int month, IReadOnlyList<WeatherDay> days)
    {
        var years = days.Select(day => day.Date.Year).Distinct().Count();
        return new MonthClimate(
            month,
            Math.Round(days.Average(day => day.TempMax), 1),
            Math.Round(days.Average(day => day.TempMin), 1),
            Math.Round(days.Sum(day => day.Precipitation) / years, 1),
            Math.Round((decimal)days.Count(day => day.IsWet) / years, 1));
    }
}
