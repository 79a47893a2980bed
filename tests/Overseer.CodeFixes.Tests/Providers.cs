using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Overseer.CodeFixes.Repairs;

namespace Overseer.CodeFixes.Tests;

/// <summary>Every code fix that the assembly exports, made as an editor makes them.</summary>
internal static class Providers
{
    public static IReadOnlyList<CodeFixProvider> All { get; } =
    [
        .. typeof(RepairProvider).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];
}
