using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sentry;

namespace Overseer.Sentry;

/// <summary>What a DSN must look like, and the setting that holds it. An empty one is no error: it switches reporting off.</summary>
internal sealed class SentryDsn(IConfiguration? configuration = null) : IValidateOptions<SentryOptions>
{
    public const string Setting = $"{Section}:Dsn";

    private const string Section = "Overseer:Sentry";

    public ValidateOptionsResult Validate(string? name, SentryOptions options)
    {
        if (name != SentryReporter.OptionsName) return ValidateOptionsResult.Skip;
        List<string> problems = configuration is null ? [] : [.. SettingNames.FindMisspelt(configuration.GetSection(Section), "Dsn")];
        if (!string.IsNullOrWhiteSpace(options.Dsn) && FindProblem(options.Dsn) is { } problem)
        {
            // The DSN itself is not repeated: it may hold a key.
            var setting = configuration?[Setting] == options.Dsn ? Setting : "The DSN given to UseSentry";
            problems.Add(
                $"{setting} is no Sentry DSN: {problem}. A DSN reads https://<public key>@<host>/<project id>; "
                + "copy it from the project's Client Keys in Sentry, or leave it empty to switch reporting off.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? FindProblem(string dsn)
    {
        if (!Uri.TryCreate(dsn, UriKind.Absolute, out var uri)) return "it is no absolute URL";
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) return "it does not begin with https:// or http://";
        if (uri.UserInfo.Split(':')[0].Length == 0) return "it has no public key before the @";
        var project = uri.AbsolutePath[(uri.AbsolutePath.LastIndexOf('/') + 1)..];
        return project.Length == 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "it does not end with a project id" : null;
    }
}
