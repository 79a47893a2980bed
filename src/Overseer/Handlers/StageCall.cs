namespace Overseer;

/// <summary>The stage that a harness wraps, or the next harness inside.</summary>
/// <typeparam name="TResult"><see cref="JobContext"/> for PreProcess; the handler's result, or <see cref="Unit"/>, for the others.</typeparam>
/// <param name="job">The job, as the stage shall see it.</param>
public delegate ValueTask<TResult> StageCall<TResult>(JobContext job);

/// <summary>The stage that a harness wraps, which may take a value that the harness provides.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <typeparam name="TResult"><see cref="JobContext"/> for PreProcess; the handler's result, or <see cref="Unit"/>, for the others.</typeparam>
/// <param name="job">The job, as the stage shall see it.</param>
/// <param name="value">The value that stage parameters of this type take.</param>
public delegate ValueTask<TResult> StageCall<in T, TResult>(JobContext job, T value);
