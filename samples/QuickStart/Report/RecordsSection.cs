namespace QuickStart;

/// <summary>The days that stand out.</summary>
internal static class RecordsSection
{
    public static Html Render(Extremes extremes) => Html.Of($"""
        <section aria-labelledby="records">
        <h2 id="records">Days that stand out</h2>
        <dl class="records">
        {Record("Hottest day", Words.Number(extremes.Hottest.Value), "°C", Words.Date(extremes.Hottest.Date))}
        {Record("Coldest night", Words.Number(extremes.Coldest.Value), "°C", Words.Date(extremes.Coldest.Date))}
        {Record("Wettest day", Words.Number(extremes.Wettest.Value), "mm", Words.Date(extremes.Wettest.Date))}
        {Spell("Longest wet spell", extremes.LongestWet)}
        {Spell("Longest dry spell", extremes.LongestDry)}
        </dl>
        </section>
        """);

    private static Html Spell(string name, Streak? streak) =>
        Record(name, Words.Whole(streak?.Days ?? 0), "days", streak is null ? "" : Words.Span(streak.First, streak.Last()));

    private static Html Record(string name, string value, string unit, string when) => Html.Of($"""
        <div><dt>{name}</dt><dd><span class="value">{value}<span class="unit"> {unit}</span></span><span class="when">{when}</span></dd></div>
        """);
}
