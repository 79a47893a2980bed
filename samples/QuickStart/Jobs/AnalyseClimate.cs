using Overseer;

namespace QuickStart;

/// <summary>What a year is like.</summary>
[JobType("climate")]
[DependsOn<Clean>]
public sealed class AnalyseClimate
{
    /// <summary>Runs beside <see cref="FindExtremes"/>.</summary>
    public Climate Process(CleanWeather clean) => Climate.Of(WeatherCsv.Read(clean.Path));
}
