namespace Overseer;

/// <summary>Where each assembly's generated code adds a typed token per handler: <c>JobTypes.{Class}</c>.</summary>
public static class JobTypes;
