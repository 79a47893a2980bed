namespace Overseer.Generators.Model;

/// <summary>One <c>JobTypes.{Class}</c>.</summary>
/// <param name="Name">The token's name, unescaped.</param>
/// <param name="JobType">The job type.</param>
/// <param name="FormerNames">The names it had before.</param>
/// <param name="Handler">The handler class, as generated code writes it; as messages show it, if generated code cannot.</param>
/// <param name="Type">The token's type: <c>JobType&lt;TArgs, TResult&gt;</c>.</param>
/// <param name="Visibility">How far it can be seen.</param>
/// <param name="IsHandlerHidden">Whether generated code cannot name the handler.</param>
/// <param name="IsObsolete">Whether naming its types warns.</param>
internal sealed record TokenModel(string Name, string JobType, EquatableArray<string> FormerNames, string Handler, string Type, Visibility Visibility, bool IsHandlerHidden, bool IsObsolete);
