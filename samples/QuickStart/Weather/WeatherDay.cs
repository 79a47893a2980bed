namespace QuickStart;

/// <summary>One row of the data.</summary>
/// <param name="Date">The day.</param>
/// <param name="Precipitation">Precipitation in mm.</param>
/// <param name="TempMax">The highest temperature in °C.</param>
/// <param name="TempMin">The lowest temperature in °C.</param>
/// <param name="Wind">Wind speed, in the unit of the data.</param>
/// <param name="Kind">What the day was like; null if that is not known.</param>
public sealed record WeatherDay(DateOnly Date, decimal Precipitation, decimal TempMax, decimal TempMin, decimal Wind, WeatherKind? Kind)
{
    /// <summary>The precipitation from which a day counts as wet, in mm.</summary>
    public const decimal WetFrom = 1.0m;

    /// <summary>Whether the day was wet.</summary>
    public bool IsWet => Precipitation >= WetFrom;
}
