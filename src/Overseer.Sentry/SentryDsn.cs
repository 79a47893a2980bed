using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sentry;

namespace Overseer.Sentry;

/// <summary>What a DSN must look like. An empty one is no error: it switches reporting off.</summary>
internal sealed class SentryDsn(IConfiguration? configuration = null) : IValidateOptions<SentryOptions>
{
    public const string Setting = "Overseer:Sentry:Dsn";

    public ValidateOptionsResult Validate(string? name, SentryOptions options)
    {
        if (name != SentryReporter.OptionsName) return ValidateOptionsResult.Skip;
        if (string.IsNullOrWhiteSpace(options.Dsn) || FindProblem(options.Dsn) is not { } problem) return ValidateOptionsResult.Success;
        // The DSN itself is not repeated: it may hold a key.
        var setting = configuration?[Setting] == options.Dsn ? Setting : "The DSN given to UseSentry";
        return ValidateOptionsResult.Fail(
            $"{setting} is no Sentry DSN: {problem}. A DSN reads https://<public key>@<host>/<project id>; "
            + "copy it from the project's Client Keys in Sentry, or leave it empty to switch reporting off.");
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
