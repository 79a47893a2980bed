using Overseer;

namespace QuickStart;

/// <summary>Takes out what cannot be true and keeps the rest in a file of its own.</summary>
[JobType("clean")]
[DependsOn<Read>]
public sealed class Clean
{
    /// <summary>Writes the file whole, so doing it again after a crash changes nothing.</summary>
    public CleanWeather Process(WeatherArgs args, RawWeather raw)
    {
        var (days, steps) = Cleaning.Apply(WeatherCsv.Read(raw.Path));
        if (days.Count == 0) throw JobControl.Abort($"No day of {raw.Path} can be true.");
        var path = Path.Combine(args.Folder, "clean.csv");
        WeatherCsv.Write(path, days);
        return new CleanWeather(path, raw.Rows, days.Count, days[0].Date, days[^1].Date, steps);
    }
}
