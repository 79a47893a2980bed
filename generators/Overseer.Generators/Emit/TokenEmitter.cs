using Overseer.Generators.Model;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Emit;

/// <summary>Writes <c>JobTypes.{Class}</c> for each handler.</summary>
internal static class TokenEmitter
{
    public static string Emit(TokenFile file)
    {
        var writer = new SourceWriter(file.Tokens.Any(token => token.IsObsolete));
        var fields = new NameScope(file.Tokens.Select(token => token.Name)).Take("Tokens");
        writer.Line("namespace Overseer;");
        writer.Line();
        writer.Line($"/// <summary>The job types of {XmlDoc.Escape(file.Assembly)}, as members of {XmlDoc.See("JobTypes")}.</summary>");
        writer.Line($"{Access.Of(file.Tokens.Select(token => token.Visibility))} static class {file.Class}");
        writer.Open();
        writer.Line("extension(JobTypes)");
        writer.Open();
        for (var index = 0; index < file.Tokens.Count; index++)
        {
            if (index > 0) writer.Line();
            var token = file.Tokens[index];
            var name = Identifiers.Escape(token.Name);
            writer.Line($"/// <summary>The job type {XmlDoc.Code(token.JobType)}, run by {(token.IsHandlerHidden ? XmlDoc.Code(token.Handler) : XmlDoc.See(token.Handler))}.</summary>");
            writer.Line($"{Access.Of(token.Visibility)} static {token.Type} {name} => {fields}.{name};");
        }

        writer.Close();
        writer.Line();
        var json = file.Json is null ? "" : ", " + file.Json.Expression;
        writer.Line($"private static class {fields}");
        writer.Open();
        foreach (var token in file.Tokens)
            writer.Line($"public static readonly {token.Type} {Identifiers.Escape(token.Name)} = new({Identifiers.Literal(token.JobType)}{json}){FormerNames(token)};");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static string FormerNames(TokenModel token) =>
        token.FormerNames.Count == 0 ? "" : $" {{ FormerNames = {Identifiers.Literals(token.FormerNames)} }}";
}
