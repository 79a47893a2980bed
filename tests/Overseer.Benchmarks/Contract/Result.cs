using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Overseer.Benchmarks.Contract;

/// <summary>What a verb prints: one JSON object on one line.</summary>
internal sealed class Result(string verb, string config)
{
    private readonly JsonObject values = new() { ["peer"] = "overseer", ["version"] = Version, ["config"] = config, ["verb"] = verb };

    public bool IsOk { get; set; } = true;

    private static string Version => typeof(IOverseerClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public void Add(string name, JsonNode value) => values[name] = value;

    public void Add(string name, double value, int digits) => values[name] = Math.Round(value, digits);

    public void AddCounts(int expected)
    {
        var lost = Jobs.Tally.Current.Lost(expected);
        Add("executed", Jobs.Tally.Current.Executed);
        Add("lost", lost);
        Add("duplicates", Jobs.Tally.Current.Duplicates(expected));
        IsOk &= lost == 0;
    }

    public void Print(TextWriter output)
    {
        values["ok"] = IsOk;
        values["rss_mb"] = PeakMemory();
        values["cpu_ms"] = Math.Round(Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds);
        output.WriteLine(values.ToJsonString());
        output.Flush();
    }

    private static double PeakMemory()
    {
        const string Status = "/proc/self/status";
        if (!System.IO.File.Exists(Status)) return Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, 1);
        var peak = System.IO.File.ReadLines(Status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return Math.Round(double.Parse(peak.AsSpan(6, peak.Length - 8), NumberStyles.Number, CultureInfo.InvariantCulture) / 1024, 1);
    }
}
