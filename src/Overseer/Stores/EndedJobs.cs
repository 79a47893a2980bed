namespace Overseer.Stores;

/// <summary>What became of endings, and what they handed over.</summary>
/// <param name="Answers">One answer per ending, in order.</param>
/// <param name="HandedOver">Jobs that the worker now holds because these endings made them ready.</param>
public sealed record EndedJobs(IReadOnlyList<EndAnswer> Answers, IReadOnlyList<ReservedJob> HandedOver);
