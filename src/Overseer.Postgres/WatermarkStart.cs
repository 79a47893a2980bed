namespace Overseer.Postgres;

/// <summary>Where a claim begins.</summary>
/// <param name="From">The first job it may take.</param>
/// <param name="Version">Of what the watermark had been told when it said so.</param>
internal readonly record struct WatermarkStart(DueJob From, int Version);
