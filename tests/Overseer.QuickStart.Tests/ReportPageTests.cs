using System.Text.RegularExpressions;
using System.Xml.Linq;
using QuickStart;
using Xunit;

namespace Overseer.QuickStart.Tests;

public sealed partial class ReportPageTests
{
    private static readonly string Page = Render(Sample.Days, "Seattle");

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        Assert.DoesNotMatch("<(script|link|img|iframe|object)|url\\(|@import|(src|href)=|https?://", Page);
        Assert.Contains("prefers-color-scheme: dark", Page, StringComparison.Ordinal);
        Assert.InRange(Page.Length, 20_000, 100_000);
    }

    [Fact]
    public void Every_chart_is_well_formed_and_named_for_those_who_do_not_see_it()
    {
        var charts = Svg().Matches(Page).Select(match => XElement.Parse(match.Value)).ToList();

        Assert.Equal(2, charts.Count);
        foreach (var chart in charts)
        {
            Assert.Equal(
                chart.Attribute("aria-labelledby")!.Value,
                $"{chart.Element("title")!.Attribute("id")!.Value} {chart.Element("desc")!.Attribute("id")!.Value}");
            Assert.Equal("img", chart.Attribute("role")!.Value);
            Assert.NotEqual("", chart.Element("desc")!.Value);
        }
    }

    [Fact]
    public void The_page_says_what_the_data_says()
    {
        foreach (var fact in new[] { "12.3", "1,106", "35.6", "11 August 2014", "−7.1", "7 December 2013", "23 July to 11 October 2012", "1,461 days" })
        {
            Assert.Contains(fact, Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_is_encoded()
    {
        var page = Render(Sample.Days, "<b>\"A&B\"</b>");

        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>The weather of &lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_day_makes_a_page_too()
    {
        var page = Render([Sample.Day(1, kind: null)], "Elsewhere");

        Assert.All(Svg().Matches(page), match => XElement.Parse(match.Value));
        Assert.Contains("Daily weather records, 2020<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_data_makes_the_same_page() => Assert.Equal(Page, Render(Sample.Days, "Seattle"));

    private static string Render(IReadOnlyList<WeatherDay> raw, string place)
    {
        var (days, steps) = Cleaning.Apply(raw);
        var data = new CleanWeather("clean.csv", raw.Count, days.Count, days[0].Date, days[^1].Date, steps);
        return ReportPage.Render(place, "NOAA", data, Climate.Of(days), Extremes.Of(days));
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
