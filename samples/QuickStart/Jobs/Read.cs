using Overseer;

namespace QuickStart;

/// <summary>Reads the file and checks every row.</summary>
[JobType("read")]
public sealed class Read
{
    /// <summary>Fails with every problem by line, column and rule.</summary>
    public RawWeather Process(WeatherArgs args)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", args.File);
        return new RawWeather(path, WeatherCsv.Read(path).Count);
    }
}
