namespace QuickStart;

/// <summary>Takes out of the data what cannot be true, and counts it.</summary>
public static class Cleaning
{
    private const string Dropped = "day dropped";

    /// <summary>The days that are left, in order of their dates, and what each rule did.</summary>
    public static (IReadOnlyList<WeatherDay> Days, IReadOnlyList<CleaningStep> Steps) Apply(IReadOnlyList<WeatherDay> raw)
    {
        var steps = new List<CleaningStep>();
        var days = raw.DistinctBy(day => day.Date).OrderBy(day => day.Date).ToList();
        steps.Add(new CleaningStep("a date that was there before", Dropped, raw.Count - days.Count));
        Drop("lowest temperature above the highest", day => day.TempMin > day.TempMax);
        Drop("temperature outside −50 to 60 °C", day => day.TempMin < -50 || day.TempMax > 60);
        Drop("precipitation above 500 mm in a day", day => day.Precipitation > 500);
        var contradictory = days.RemoveAll(Contradicts, day => day with { Kind = null });
        steps.Add(new CleaningStep("rain or snow named, no precipitation measured", "kind taken as unknown", contradictory));
        return (days, steps);

        void Drop(string rule, Predicate<WeatherDay> isWrong) => steps.Add(new CleaningStep(rule, Dropped, days.RemoveAll(isWrong)));
    }

    private static bool Contradicts(WeatherDay day) => day is { Kind: WeatherKind.Rain or WeatherKind.Snow, Precipitation: 0 };

    /// <summary>Replaces the days in question; how many there were.</summary>
    private static int RemoveAll(this List<WeatherDay> days, Predicate<WeatherDay> isWrong, Func<WeatherDay, WeatherDay> replace)
    {
        var count = 0;
        for (var i = 0; i < days.Count; i++)
        {
            if (!isWrong(days[i])) continue;
            days[i] = replace(days[i]);
            count++;
        }

        return count;
    }
}
