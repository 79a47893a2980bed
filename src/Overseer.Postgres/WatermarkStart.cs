namespace Overseer.Postgres;

/// <summary>Where a claim begins.</summary>
/// <param name="From">The first job it may take.</param>
/// <param name="IsPlace">Whether that is just where the last claim ended.</param>
/// <param name="Version">Of the watermark when it said so.</param>
internal readonly record struct WatermarkStart(DueJob From, bool IsPlace, int Version);
