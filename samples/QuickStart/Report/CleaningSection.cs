namespace QuickStart;

/// <summary>What was done to the data before it was counted.</summary>
internal static class CleaningSection
{
    public static Html Render(CleanWeather data) => Html.Of($"""
        <section aria-labelledby="cleaning">
        <h2 id="cleaning">What was cleaned</h2>
        <p>Rows read: {Words.Whole(data.Rows)}. Days kept: {Words.Whole(data.Days)}.</p>
        <div class="scroll" role="region" aria-label="Table of cleaning rules" tabindex="0">
        <table>
        <caption>What each rule found</caption>
        <thead><tr><th scope="col">Rule</th><th scope="col" class="text">Effect</th><th scope="col">Days</th></tr></thead>
        <tbody>
        {data.Steps.Select(Row)}</tbody>
        </table>
        </div>
        </section>
        """);

    private static Html Row(CleaningStep step) => Html.Of($"""
        <tr><th scope="row">{step.Rule}</th><td class="text">{step.Effect}</td><td>{Words.Whole(step.Count)}</td></tr>

        """);
}
