using System.Globalization;

namespace Overseer.Faults;

/// <summary>A wrong clock for a program: its time of day is that of the machine plus so much, and may jump while it runs. What measures durations is not touched.</summary>
internal sealed class FakeClock
{
    private readonly string file;

    private FakeClock(string file) => this.file = file;

    /// <summary>What gives a program this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Tools.FakeTime,
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // Otherwise it takes the waits of threads, which go by what is not touched, for times of day, and each is over at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        ["FAKETIME_CACHE_DURATION"] = "1",
        // Other processes of its kind have other clocks.
        ["FAKETIME_DISABLE_SHM"] = "1",
    };

    /// <summary>The same as a program that starts another one.</summary>
    public IReadOnlyList<string> Wrapper => ["env", .. Environment.Select(variable => $"{variable.Key}={variable.Value}")];

    public static async Task<FakeClock> AtAsync(Arena arena, TimeSpan off)
    {
        var folder = arena.Own(await TempFolder.CreateAsync()).Path;
        var clock = new FakeClock($"{folder}/clock");
        clock.JumpTo(off);
        return clock;
    }

    /// <summary>From now on it is this far off.</summary>
    public void JumpTo(TimeSpan off)
    {
        // In one step, so that nobody reads half of it.
        File.WriteAllText($"{file}.new", string.Create(CultureInfo.InvariantCulture, $"{off.TotalSeconds:+0;-0;+0}s\n"));
        File.Move($"{file}.new", file, overwrite: true);
    }
}
