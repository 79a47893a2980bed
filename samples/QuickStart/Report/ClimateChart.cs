namespace QuickStart;

/// <summary>Temperatures above, precipitation below, over one axis of months.</summary>
internal static class ClimateChart
{
    private const int Width = 960;
    private const int Height = 446;
    private const int Left = 64;
    private const int Right = 936;
    private const int Top = 34;
    private const int TemperatureBottom = 232;
    private const int MonthsAt = 257;
    private const int RainTop = 312;
    private const int RainBottom = 424;
    private const decimal Slot = (decimal)(Right - Left) / 12;

    public static Html Render(Climate climate)
    {
        var temperature = Scale.Around(climate.Months.Min(month => month.MeanMin), climate.Months.Max(month => month.MeanMax), 5, TemperatureBottom, Top);
        var rain = Scale.Around(0, climate.Months.Max(month => month.Precipitation), 50, RainBottom, RainTop);
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="climate-title climate-desc">
            <title id="climate-title">Temperature and precipitation by month</title>
            <desc id="climate-desc">{Describe(climate)}</desc>
            <text class="axis" x="{Left}" y="{Top - 16}">Temperature, °C</text>
            {temperature.Ticks.Select(tick => Tick(temperature, tick))}
            <path class="band" d="{Band(climate, temperature)}"/>
            <path class="line min" d="{Line(climate, temperature, month => month.MeanMin)}"/>
            <path class="line max" d="{Line(climate, temperature, month => month.MeanMax)}"/>
            {climate.Months.Select(month => Dots(month, temperature))}
            {climate.Months.Select(month => Html.Of($"""<text class="month" x="{X(month.Month):0.#}" y="{MonthsAt}">{Words.ShortMonth(month.Month)}</text>"""))}
            <text class="axis" x="{Left}" y="{RainTop - 16}">Precipitation, mm</text>
            {rain.Ticks.Select(tick => Tick(rain, tick))}
            {climate.Months.Select(month => Bar(month, rain))}
            </svg>
            """);
    }

    private static string Describe(Climate climate) => string.Join(' ', climate.Months.Select(month =>
        $"{Words.Month(month.Month)}: {Words.Number(month.MeanMin)} to {Words.Number(month.MeanMax)} °C, {Words.Whole(month.Precipitation)} mm."));

    private static decimal X(int month) => Left + (Slot * (month - 0.5m));

    private static Html Tick(Scale scale, decimal tick) => Html.Of($"""
        <line class="grid{(tick == 0 ? " zero" : "")}" x1="{Left}" x2="{Right}" y1="{scale.At(tick):0.#}" y2="{scale.At(tick):0.#}"/><text class="tick" x="{Left - 12}" y="{scale.At(tick) + 4:0.#}">{Words.Whole(tick)}</text>

        """);

    private static string Line(Climate climate, Scale scale, Func<MonthClimate, decimal> value) =>
        "M" + string.Join(" L", climate.Months.Select(month => Point(month, scale, value)));

    private static string Band(Climate climate, Scale scale)
    {
        var there = climate.Months.Select(month => Point(month, scale, each => each.MeanMax));
        var back = climate.Months.Reverse().Select(month => Point(month, scale, each => each.MeanMin));
        return $"M{string.Join(" L", there.Concat(back))} Z";
    }

    private static string Point(MonthClimate month, Scale scale, Func<MonthClimate, decimal> value) =>
        FormattableString.Invariant($"{X(month.Month):0.#},{scale.At(value(month)):0.#}");

    private static Html Dots(MonthClimate month, Scale scale) => Html.Of($"""
        <circle class="dot max" cx="{X(month.Month):0.#}" cy="{scale.At(month.MeanMax):0.#}" r="4"/><text class="point" x="{X(month.Month):0.#}" y="{scale.At(month.MeanMax) - 11:0.#}">{Words.Whole(month.MeanMax)}</text>
        <circle class="dot min" cx="{X(month.Month):0.#}" cy="{scale.At(month.MeanMin):0.#}" r="4"/><text class="point" x="{X(month.Month):0.#}" y="{scale.At(month.MeanMin) + 20:0.#}">{Words.Whole(month.MeanMin)}</text>

        """);

    private static Html Bar(MonthClimate month, Scale scale)
    {
        const decimal width = 40;
        var top = scale.At(month.Precipitation);
        return Html.Of($"""
            <rect class="rain" x="{X(month.Month) - (width / 2):0.#}" y="{top:0.#}" width="{width}" height="{RainBottom - top:0.#}"/><text class="point" x="{X(month.Month):0.#}" y="{top - 7:0.#}">{Words.Whole(month.Precipitation)}</text>

            """);
    }
}
