using QuickStart;

namespace Overseer.QuickStart.Tests;

/// <summary>Days to test with.</summary>
internal static class Sample
{
    private static readonly Lazy<IReadOnlyList<WeatherDay>> Shipped = new(() => WeatherCsv.Read(Path.Combine(AppContext.BaseDirectory, "Data", "seattle-weather.csv")));

    /// <summary>The data of the sample.</summary>
    public static IReadOnlyList<WeatherDay> Days => Shipped.Value;

    /// <summary>One day of 2020.</summary>
    public static WeatherDay Day(
        int dayOfYear, decimal rain = 0, decimal high = 10, decimal low = 5, WeatherKind? kind = WeatherKind.Sun, int year = 2020) =>
        new(new DateOnly(year, 1, 1).AddDays(dayOfYear - 1), rain, high, low, 3, kind);
}
