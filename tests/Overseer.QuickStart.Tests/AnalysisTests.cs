using System.Text.Json;
using QuickStart;
using Xunit;

namespace Overseer.QuickStart.Tests;

public sealed class AnalysisTests
{
    [Fact]
    public void A_month_is_averaged_over_its_years()
    {
        var climate = Climate.Of(
        [
            Sample.Day(1, rain: 10, high: 4, low: -2), Sample.Day(2, rain: 0.9m, high: 6, low: 0), Sample.Day(32, rain: 1, high: 10, low: 2),
            Sample.Day(1, rain: 20, high: 8, low: 2, year: 2021),
        ]);

        Assert.Equal([new MonthClimate(1, 6.0m, 0.0m, 15.4m, 1.0m), new MonthClimate(2, 10.0m, 2.0m, 1.0m, 1.0m)], climate.Months);
        Assert.Equal((3.8m, 16.4m, 2.0m), (climate.MeanTemperature, climate.Precipitation, climate.WetDays));
    }

    [Fact]
    public void Extremes_are_the_earliest_of_several()
    {
        var extremes = Extremes.Of([Sample.Day(1, high: 9, low: 1), Sample.Day(2, high: 20, low: -5, rain: 7), Sample.Day(3, high: 20, low: -5, rain: 7)]);

        var second = new DateOnly(2020, 1, 2);
        Assert.Equal((new DayValue(second, 20), new DayValue(second, -5), new DayValue(second, 7)), (extremes.Hottest, extremes.Coldest, extremes.Wettest));
        Assert.Equal((new Streak(second, 2), new Streak(new DateOnly(2020, 1, 1), 1)), (extremes.LongestWet, extremes.LongestDry));
    }

    [Fact]
    public void A_spell_ends_where_the_data_lacks_a_day()
    {
        WeatherDay[] days = [Sample.Day(1, rain: 2), Sample.Day(2, rain: 2), Sample.Day(4, rain: 2), Sample.Day(5, rain: 2), Sample.Day(6, rain: 1)];

        Assert.Equal(new Streak(new DateOnly(2020, 1, 4), 3), Streak.Longest(days, day => day.IsWet));
        Assert.Null(Streak.Longest(days, day => !day.IsWet));
    }

    [Fact]
    public void A_year_has_a_letter_per_day()
    {
        var year = Assert.Single(YearOfDays.Of([Sample.Day(1), Sample.Day(3, kind: null), Sample.Day(366, kind: WeatherKind.Snow)]));

        Assert.Equal(366, year.Days.Length);
        Assert.StartsWith("S-?-", year.Days, StringComparison.Ordinal);
        Assert.EndsWith("-N", year.Days, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (year.Count(WeatherKind.Snow), year.Count(null), year.Count(WeatherKind.Rain)));
    }

    [Fact]
    public void Results_survive_json()
    {
        var (days, steps) = Cleaning.Apply(Sample.Days);
        RoundTrip(Climate.Of(days));
        RoundTrip(Extremes.Of(days));
        RoundTrip(new CleanWeather("clean.csv", 1461, days.Count, days[0].Date, days[^1].Date, steps));
    }

    private static void RoundTrip<T>(T value)
    {
        var json = JsonSerializer.Serialize(value);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json)));
        Assert.True(json.Length < 4000, $"{typeof(T).Name} has {json.Length} characters.");
    }
}
