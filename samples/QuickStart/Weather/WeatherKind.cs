namespace QuickStart;

/// <summary>What a day was like, as the data names it.</summary>
public enum WeatherKind
{
    /// <summary>Light rain in small drops.</summary>
    Drizzle,

    /// <summary>Rain.</summary>
    Rain,

    /// <summary>Snow.</summary>
    Snow,

    /// <summary>Fog.</summary>
    Fog,

    /// <summary>Sun.</summary>
    Sun,
}
