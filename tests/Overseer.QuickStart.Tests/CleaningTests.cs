using QuickStart;
using Xunit;

namespace Overseer.QuickStart.Tests;

public sealed class CleaningTests
{
    [Fact]
    public void The_shipped_data_has_44_days_whose_kind_contradicts_their_precipitation()
    {
        var (days, steps) = Cleaning.Apply(Sample.Days);

        Assert.Equal(1461, days.Count);
        Assert.Equal([0, 0, 0, 0, 44], steps.Select(step => step.Count));
        Assert.Equal(44, days.Count(day => day.Kind is null));
    }

    [Fact]
    public void What_cannot_be_true_is_dropped_and_counted()
    {
        var (days, steps) = Cleaning.Apply(
        [
            Sample.Day(5), Sample.Day(1), Sample.Day(1, rain: 9), Sample.Day(2, high: 1, low: 2), Sample.Day(3, low: -51), Sample.Day(4, high: 61),
            Sample.Day(6, rain: 501), Sample.Day(7, rain: 500, high: 60, low: -50, kind: WeatherKind.Rain),
        ]);

        Assert.Equal([1, 5, 7], days.Select(day => day.Date.DayOfYear));
        Assert.Equal(0, days[0].Precipitation);
        Assert.Equal([1, 1, 2, 1, 0], steps.Select(step => step.Count));
    }

    [Theory]
    [InlineData(WeatherKind.Rain, null)]
    [InlineData(WeatherKind.Snow, null)]
    [InlineData(WeatherKind.Drizzle, WeatherKind.Drizzle)]
    [InlineData(WeatherKind.Fog, WeatherKind.Fog)]
    public void Rain_or_snow_without_precipitation_is_of_unknown_kind(WeatherKind kind, WeatherKind? expected) =>
        Assert.Equal(expected, Assert.Single(Cleaning.Apply([Sample.Day(1, kind: kind)]).Days).Kind);
}
