namespace Overseer;

/// <summary>What went wrong with a job, cleaned and cut so that recording it cannot fail.</summary>
/// <param name="Message">What happened, at most 4,000 characters.</param>
/// <param name="Exception">The full name of the exception's type, if there was one.</param>
/// <param name="Details">The exception with its inner ones and stack traces, at most 16,000 characters.</param>
public sealed record JobFailure(string Message, string? Exception = null, string? Details = null);
