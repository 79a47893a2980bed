using Overseer.Json;

namespace Overseer;

/// <summary>The rules for names that users choose.</summary>
internal static class JobNames
{
    public const int MaxLength = 200;

    /// <summary>The rule of OVS101.</summary>
    public static string? FindTypeProblem(string type) =>
        type.Length is > 0 and <= MaxLength && IsLowerOrDigit(type[0]) && type.All(c => IsLowerOrDigit(c) || c is '.' or '_' or '-')
            ? null
            : $"'{Shown(type)}' is no job type name: lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit, at most {MaxLength} characters.";

    public static string? FindKeyProblem(string key) => FindTextProblem("run key", key);

    public static string? FindGraphNameProblem(string name) =>
        name.Length is > 0 and <= MaxLength && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? null
            : $"'{Shown(name)}' is no graph name: a C# identifier of at most {MaxLength} characters.";

    public static string? FindIdProblem(string id) =>
        JobId.TryParse(id, out _, out _)
            ? $"Job id '{id}' has the form that the store gives to jobs itself (number-number). Choose another, or leave it out."
            : FindTextProblem("job id", id);

    private static string? FindTextProblem(string what, string text)
    {
        if (text.Length is 0 or > MaxLength) return $"'{Shown(text)}' is no {what}: it has {text.Length} characters, and 1 to {MaxLength} are allowed.";
        return text.Any(char.IsControl) || LoneSurrogate.IndexIn(text) >= 0
            ? $"'{Shown(text)}' is no {what}: control characters and lone surrogates are not allowed."
            : null;
    }

    private static bool IsLowerOrDigit(char c) => c is >= 'a' and <= 'z' or >= '0' and <= '9';

    private static string Shown(string text) => FailureText.Clean(text, 80);
}
