using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators.Analyzers;
using Xunit;

namespace Overseer.Analyzers.Tests.RoundTrips;

/// <summary>Some specimens, compiled together: what the analyzer says of each, and what really becomes of its value.</summary>
internal sealed class JsonSpecimens
{
    private const string Usings = """
        using System; using System.Collections; using System.Collections.Concurrent; using System.Collections.Frozen; using System.Collections.Generic; using System.Collections.Immutable;
        using System.Collections.ObjectModel; using System.Collections.Specialized; using System.IO; using System.Linq; using System.Text; using System.Text.Json; using System.Text.Json.Nodes;
        using System.Text.Json.Serialization; using System.Threading; using System.Threading.Tasks; using Overseer;

        """;

    private static readonly MethodInfo Serialize = typeof(PayloadJson).GetMethod("SerializeArgs", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Deserialize = typeof(PayloadJson).GetMethod("Deserialize", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly IReadOnlyList<JsonSpecimen> specimens;
    private readonly Compilation compilation;

    /// <param name="specimens">The types to look at.</param>
    /// <param name="declarations">What declares them.</param>
    public JsonSpecimens(IReadOnlyList<JsonSpecimen> specimens, IEnumerable<string> declarations)
    {
        this.specimens = specimens;
        // Each type once, since one type is reported once.
        var handlers = specimens.Select((specimen, index) => $$"""
            [JobType("job{{index}}")] class Handler{{index}} { public void Process({{specimen.Type}} args) { } }
            static class Value{{index}} { public static Type Type => typeof({{specimen.Type}}); public static {{specimen.Type}} Make() => {{specimen.Value}}; }
            """);
        compilation = Checked.Project(Usings + string.Join('\n', declarations.Concat(handlers)));
    }

    /// <summary>The specimens of which the analyzer and System.Text.Json say different things.</summary>
    public async Task<IReadOnlyList<string>> FindDisagreementsAsync()
    {
        var flaws = await FindFlawsAsync();
        var load = new AssemblyLoadContext("specimens", isCollectible: true);
        try
        {
            using var image = new MemoryStream();
            var emitted = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
            image.Position = 0;
            var assembly = load.LoadFromStream(image);
            return [.. specimens.Select((specimen, index) => Compare(specimen, flaws.GetValueOrDefault(index), FindLoss(assembly, index))).OfType<string>()];
        }
        finally
        {
            load.Unload();
        }
    }

    private static string? Compare(JsonSpecimen specimen, string? flaw, string? loss) => (flaw, loss) switch
    {
        (null, { } lost) => $"{specimen}: silent, but {lost}",
        ({ } said, null) => $"{specimen}: false alarm: {said}",
        _ => null,
    };

    private async Task<Dictionary<int, string>> FindFlawsAsync()
    {
        var diagnostics = await compilation.WithAnalyzers([new JsonAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id != "OVS305");
        return diagnostics.ToDictionary(diagnostic => HandlerAt(diagnostic.Location), diagnostic => diagnostic.GetMessage(null));
    }

    private static int HandlerAt(Location location)
    {
        var handler = location.SourceTree!.GetRoot().FindNode(location.SourceSpan).Ancestors().OfType<ClassDeclarationSyntax>().First();
        return int.Parse(handler.Identifier.ValueText["Handler".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? FindLoss(Assembly assembly, int index)
    {
        var holder = assembly.GetType($"Value{index}")!;
        var type = (Type)holder.GetProperty("Type")!.GetValue(null)!;
        try
        {
            var value = holder.GetMethod("Make")!.Invoke(null, null);
            var text = (string)Serialize.MakeGenericMethod(type).Invoke(PayloadJson.Default, ["specimen", value])!;
            var copy = Deserialize.MakeGenericMethod(type).Invoke(PayloadJson.Default, ["specimen", text]);
            var again = (string)Serialize.MakeGenericMethod(type).Invoke(PayloadJson.Default, ["specimen", copy])!;
            return text != again ? $"{text} came back as {again}" : IsSame(value, copy, assembly) ? null : $"{text} came back without something";
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException!.Message;
        }
    }

    private static bool IsSame(object? one, object? other, Assembly own)
    {
        if (one is null || other is null) return one is null && other is null;
        // Their text was compared, and equal they are by reference only.
        if (one is JsonElement or JsonDocument or JsonNode || one.GetType().Name.Contains("Memory`1", StringComparison.Ordinal)) return true;
        if (one is IEnumerable elements and not string && other is IEnumerable others && !elements.Cast<object?>().SequenceEqual(others.Cast<object?>(), Comparer(own))) return false;
        // What an interface is made as is the reader's business.
        if (one is IEnumerable and not string && (one.GetType().Assembly != own || one.GetType().Name.StartsWith('<'))) return true;
        if (one.GetType() != other.GetType()) return false;
        if (one.GetType().Assembly != own && !IsMadeOfParts(one.GetType())) return one.Equals(other);
        for (var level = one.GetType(); level is not null && (level.Assembly == own || IsMadeOfParts(level)); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if (!field.FieldType.IsPointer && !IsSame(field.GetValue(one), field.GetValue(other), own)) return false;
            }
        }

        return true;
    }

    private static bool IsMadeOfParts(Type type) => type.IsGenericType && (type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) || type.Name.StartsWith("Tuple", StringComparison.Ordinal) || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal));

    private static EqualityComparer<object?> Comparer(Assembly own) => EqualityComparer<object?>.Create((one, other) => IsSame(one, other, own), _ => 0);
}
