using QuickStart;
using Xunit;

namespace Overseer.QuickStart.Tests;

public sealed class WeatherCsvTests : IDisposable
{
    private const string Header = "date,precipitation,temp_max,temp_min,wind,weather\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("overseer-weather-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_shipped_data_is_read_whole()
    {
        var days = Sample.Days;

        Assert.Equal(1461, days.Count);
        Assert.Equal(new WeatherDay(new DateOnly(2012, 1, 2), 10.9m, 10.6m, 2.8m, 4.5m, WeatherKind.Rain), days[1]);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        WeatherDay[] days = [Sample.Day(1, kind: null), Sample.Day(2, rain: 0.1m, low: -7.1m, kind: WeatherKind.Snow)];
        var path = Path.Combine(folder.FullName, "new", "days.csv");

        WeatherCsv.Write(path, days);

        Assert.Equal(days, WeatherCsv.Read(path));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Every_problem_is_named_by_line_column_and_rule()
    {
        var path = Write(Header + "2020-02-30,0,1,2,3,rain\n2020-02-03,-1,1e3,2,3,hail\n2020-02-04,0,1\n2020-02-05,0,8.5,2,3,\n2020-02-06,0,a\"b,2,3,sun\n");

        var error = Assert.Throws<WeatherDataException>(() => WeatherCsv.Read(path));

        Assert.Equal(
            [
                "line 2, date: '2020-02-30'; must be a date such as 2012-01-31",
                "line 3, precipitation: '-1'; must be a number from 0 up",
                "line 3, temp_max: '1e3'; must be a number such as 12.8",
                "line 3, weather: 'hail'; must be empty or one of drizzle, rain, snow, fog, sun",
                "line 4, (row): '2020-02-04,0,1'; a row must have as many fields as the header",
                "line 6, (row): '2020-02-06,0,a\"b,2,3,sun'; a field with quotes in it must be quoted, and its quotes doubled",
            ],
            error.Problems.Select(problem => problem.ToString()));
        Assert.StartsWith($"{path} has 6 problems:\n- line 2, date: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_twenty_problems_are_in_the_message()
    {
        var path = Write(Header + string.Concat(Enumerable.Repeat("x,0,1,2,3,rain\n", 25)));

        var error = Assert.Throws<WeatherDataException>(() => WeatherCsv.Read(path));

        Assert.Equal(25, error.Problems.Count);
        Assert.EndsWith("\n- and 5 more", error.Message, StringComparison.Ordinal);
        Assert.Equal(22, error.Message.Split('\n').Length);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_others_are_ignored()
    {
        var path = Write("weather,wind,temp_min,temp_max,precipitation,date,snow\nsun,3,2,9,0,2020-01-01,0\n");

        Assert.Equal(new WeatherDay(new DateOnly(2020, 1, 1), 0, 9, 2, 3, WeatherKind.Sun), Assert.Single(WeatherCsv.Read(path)));
    }

    [Theory]
    [InlineData("", "6 problems")]
    [InlineData("date,precipitation,temp_max,temp_min,wind\n", "line 1, weather: missing; the header must name this column")]
    [InlineData(Header, "line 2, (row): missing; there must be at least one day")]
    public void A_file_without_header_or_days_is_refused(string text, string expected)
    {
        var error = Assert.Throws<WeatherDataException>(() => WeatherCsv.Read(Write(text)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var path = Path.Combine(folder.FullName, "weather.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
