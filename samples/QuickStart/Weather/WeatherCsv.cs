using System.Globalization;
using CsvHelper;

namespace QuickStart;

/// <summary>Weather days as a CSV file.</summary>
public static class WeatherCsv
{
    private static readonly string[] Columns = ["date", "precipitation", "temp_max", "temp_min", "wind", "weather"];

    /// <summary>Reads and checks every row.</summary>
    /// <exception cref="WeatherDataException">Something is wrong; all problems are listed by line, column and rule.</exception>
    public static IReadOnlyList<WeatherDay> Read(string path)
    {
        var problems = new List<RowProblem>();
        var days = new List<WeatherDay>();
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = record => problems.Add(new RowProblem(record.LineNumber, "(row)", record.RawRecord, Rule(record.Reason))),
        });
        foreach (var column in Columns.Except(csv.Headers)) problems.Add(new RowProblem(1, column, null, "the header must name this column"));
        if (problems.Count > 0) throw new WeatherDataException(path, problems);
        var row = new RowReader(csv, problems);
        while (csv.Read())
        {
            if (row.Read() is { } day) days.Add(day);
        }

        if (days.Count == 0 && problems.Count == 0) problems.Add(new RowProblem(2, "(row)", null, "there must be at least one day"));
        return problems.Count == 0 ? days : throw new WeatherDataException(path, problems);
    }

    /// <summary>Writes a file that <see cref="Read"/> reads back, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<WeatherDay> days) => WholeFile.Write(path, writer =>
    {
        using var csv = CsvWriter.Create(writer, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteHeader(Columns);
        foreach (var day in days)
        {
            csv.WriteField(day.Date, "yyyy-MM-dd");
            csv.WriteField(day.Precipitation);
            csv.WriteField(day.TempMax);
            csv.WriteField(day.TempMin);
            csv.WriteField(day.Wind);
            csv.WriteField(day.Kind?.ToString().ToLowerInvariant());
            csv.EndRecord();
        }
    });

    private static string Rule(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.FieldCountMismatch => "a row must have as many fields as the header",
        CsvMalformedReason.UnterminatedQuote => "a quote that is opened must be closed",
        _ => "a field with quotes in it must be quoted, and its quotes doubled",
    };

    /// <summary>Reads one row, noting what is wrong with it.</summary>
    private readonly struct RowReader(CsvReader csv, List<RowProblem> problems)
    {
        public WeatherDay? Read()
        {
            var before = problems.Count;
            var day = new WeatherDay(
                Date("date"), Number("precipitation", from: 0), Number("temp_max"), Number("temp_min"), Number("wind", from: 0), Kind("weather"));
            return problems.Count == before ? day : null;
        }

        private DateOnly Date(string column) =>
            DateOnly.TryParseExact(csv.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : Wrong<DateOnly>(column, "must be a date such as 2012-01-31");

        private decimal Number(string column, decimal? from = null) =>
            decimal.TryParse(csv.GetString(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && !(number < from)
                ? number
                : Wrong<decimal>(column, from is null ? "must be a number such as 12.8" : $"must be a number from {from} up");

        private WeatherKind? Kind(string column)
        {
            var text = csv.GetString(column);
            if (text is "") return null;
            return Enum.GetValues<WeatherKind>().Select(kind => (WeatherKind?)kind).FirstOrDefault(kind => Word(kind) == text)
                ?? Wrong<WeatherKind?>(column, $"must be empty or one of {string.Join(", ", Enum.GetValues<WeatherKind>().Select(kind => Word(kind)))}");
        }

        private static string? Word(WeatherKind? kind) => kind?.ToString().ToLowerInvariant();

        private T? Wrong<T>(string column, string rule)
        {
            problems.Add(new RowProblem(csv.LineNumber, column, csv.GetString(column), rule));
            return default;
        }
    }
}
