using System.Globalization;

namespace QuickStart;

/// <summary>Numbers and dates as people read them.</summary>
public static class Words
{
    /// <summary>A number with one decimal, thousands separated, with a real minus sign.</summary>
    public static string Number(decimal value) => Sign(value.ToString("#,0.0", CultureInfo.InvariantCulture));

    /// <summary>A whole number, thousands separated, with a real minus sign.</summary>
    public static string Whole(decimal value) => Sign(value.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>A number of things, such as <c>1 day</c> or <c>2 days</c>.</summary>
    public static string Count(decimal count, string thing) => $"{Whole(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>A date, such as <c>5 March 2014</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Two dates, such as <c>5 to 9 March 2014</c>.</summary>
    public static string Span(DateOnly first, DateOnly last)
    {
        var format = first.Year != last.Year ? "d MMMM yyyy" : first.Month != last.Month ? "d MMMM" : "%d";
        return first == last ? Date(last) : $"{first.ToString(format, CultureInfo.InvariantCulture)} to {Date(last)}";
    }

    /// <summary>A month's name, such as <c>March</c>.</summary>
    public static string Month(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    /// <summary>A month's short name, such as <c>Mar</c>.</summary>
    public static string ShortMonth(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month);

    private static string Sign(string number) => number.Replace('-', '−');
}
