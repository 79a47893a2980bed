using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Overseer.CodeFixes.Syntax;

namespace Overseer.CodeFixes.Json;

/// <summary>Writes the settings of stored JSON down for a context.</summary>
internal static class ContextOptions
{
    public const string Attribute = "JsonSourceGenerationOptions";

    /// <summary><c>[JsonSourceGenerationOptions(…)]</c>.</summary>
    public static AttributeListSyntax Write(IEnumerable<string> settings) => Written.Attribute(Attribute, ListedType.Space, settings.Select(Argument));

    /// <summary>Adds settings to an attribute, or changes the values that they have there.</summary>
    public static AttributeSyntax AddTo(AttributeSyntax attribute, IEnumerable<string> settings)
    {
        foreach (var argument in settings.Select(Argument))
        {
            var list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
            var before = list.Arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == argument.NameEquals!.Name.Identifier.ValueText);
            attribute = attribute.WithArgumentList(before is null
                ? list.WithArguments(Lines.Append(list.Arguments, argument))
                : list.ReplaceNode(before.Expression, argument.Expression.WithTriviaFrom(before.Expression)));
        }

        return attribute;
    }

    /// <summary>The argument for a setting as <see cref="Generators.Analyzers.JsonContext.MissingOptions"/> writes it.</summary>
    private static AttributeArgumentSyntax Argument(string setting)
    {
        var parts = setting.Split([" = "], StringSplitOptions.None);
        var value = parts[1].Contains(".") ? $"global::{ListedType.Space}.{parts[1]}" : parts[1];
        return Written.Named(parts[0], SyntaxFactory.ParseExpression(value).WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
