namespace QuickStart;

/// <summary>Days in a row.</summary>
/// <param name="First">The first day.</param>
/// <param name="Days">How many.</param>
public sealed record Streak(DateOnly First, int Days)
{
    /// <summary>The last day.</summary>
    public DateOnly Last() => First.AddDays(Days - 1);

    /// <summary>The longest run of such days, the earliest of several; null if there are none. A day that the data lacks ends a run.</summary>
    public static Streak? Longest(IEnumerable<WeatherDay> days, Predicate<WeatherDay> belongs)
    {
        Streak? longest = null;
        Streak? current = null;
        foreach (var day in days)
        {
            current = !belongs(day) ? null
                : current?.Last().AddDays(1) == day.Date ? current with { Days = current.Days + 1 }
                : new Streak(day.Date, 1);
            if (current?.Days > (longest?.Days ?? 0)) longest = current;
        }

        return longest;
    }
}
