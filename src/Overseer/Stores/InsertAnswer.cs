namespace Overseer.Stores;

/// <summary>What became of an insert.</summary>
/// <param name="Run">The run: new, or the one that was there.</param>
/// <param name="AlreadyExisted">Whether it was there, so that nothing was inserted.</param>
public readonly record struct InsertAnswer(RunId Run, bool AlreadyExisted);
