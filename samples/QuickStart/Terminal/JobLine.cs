using Overseer;

namespace QuickStart;

/// <summary>One job as it is shown.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Status">Its status.</param>
/// <param name="Took">How long its last attempt has taken.</param>
/// <param name="Note">What there is to say about it.</param>
internal sealed record JobLine(string Type, JobStatus Status, TimeSpan? Took, string Note);
