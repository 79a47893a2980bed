using Overseer;

namespace QuickStart;

/// <summary>The days that stand out.</summary>
[JobType("extremes")]
[DependsOn<Clean>]
[Harness<CrashPoint>]
public sealed class FindExtremes
{
    /// <summary>Runs beside <see cref="AnalyseClimate"/>.</summary>
    public Extremes Process(CleanWeather clean) => Extremes.Of(WeatherCsv.Read(clean.Path));
}
