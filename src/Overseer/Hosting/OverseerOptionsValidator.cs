using Microsoft.Extensions.Options;

namespace Overseer;

/// <summary>Checks every option, so that all mistakes are named at once.</summary>
internal sealed class OverseerOptionsValidator : IValidateOptions<OverseerOptions>
{
    public ValidateOptionsResult Validate(string? name, OverseerOptions options)
    {
        var problems = FindProblems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <exception cref="OptionsValidationException">Something is out of range; all of it is listed.</exception>
    public static void Check(OverseerOptions options)
    {
        var problems = FindProblems(options).ToList();
        if (problems.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(OverseerOptions), problems);
    }

    private static IEnumerable<string> FindProblems(OverseerOptions options)
    {
        var hour = TimeSpan.FromHours(1);
        return options.Malformed.Concat(new[]
        {
            Range(nameof(options.Concurrency), options.Concurrency, 1, 10_000),
            Range(nameof(options.DetectorSleep), options.DetectorSleep, TimeSpan.FromMilliseconds(1), hour),
            Range(nameof(options.IdleSleep), options.IdleSleep, options.DetectorSleep, hour),
            Range(nameof(options.HeartbeatSleep), options.HeartbeatSleep, TimeSpan.FromMilliseconds(50), hour),
            Range(nameof(options.HeartbeatTolerance), options.HeartbeatTolerance, 3, 100),
            Range(nameof(options.DrainTime), options.DrainTime, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Range(nameof(options.LossLimit), options.LossLimit, 1, 1000),
            Range(nameof(options.FaultLimit), options.FaultLimit, 0, 1_000_000),
            Range(nameof(options.SnoozeLimit), options.SnoozeLimit, 0, 1_000_000),
            Range(nameof(options.MaxPrefetch), options.MaxPrefetch, 0, 10_000),
            Range(nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, 1024, 256 * 1024 * 1024),
            Enum.IsDefined(options.MonitorFailure)
                ? null
                : $"Overseer:{nameof(options.MonitorFailure)} is {options.MonitorFailure}; set it to {string.Join(" or ", Enum.GetNames<MonitorFailureAction>())}.",
        }.OfType<string>());
    }

    private static string? Range<T>(string option, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : $"Overseer:{option} is {value}; it must be between {least} and {most}.";
}
