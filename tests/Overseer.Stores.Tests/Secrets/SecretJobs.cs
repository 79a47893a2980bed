using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Overseer.Stores.Tests;

/// <summary>Handlers that see a secret and say nothing of it themselves, and texts that hold one where it does not fit.</summary>
internal static class SecretJobs
{
    public sealed record Note(string Text);

    public sealed record Shape(int Count, DateOnly Day, Color Color, Dictionary<string, int> Headers);

    public enum Color
    {
        Red,
    }

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Dog), "dog")]
    public abstract record Animal;

    public sealed record Dog(string Name) : Animal;

    public interface IThing;

    /// <summary>Texts that are JSON, and not of the type that the worker's handler takes.</summary>
    public static IReadOnlyList<(string Type, string Text)> Misfits(string canary) =>
    [
        ("shape", $$"""{"Count":"{{canary}}","Day":"2026-01-01","Color":0,"Headers":{} }"""),
        ("shape", $$"""{"Count":1,"Day":"{{canary}}","Color":0,"Headers":{} }"""),
        ("shape", $$"""{"Count":1,"Day":"2026-01-01","Color":"{{canary}}","Headers":{} }"""),
        ("shape", $$"""{"Count":1,"Day":"2026-01-01","Color":0,"Headers":{"{{canary}}":"x"} }"""),
        ("shape", $$"""{"Count":1,"Day":"2026-01-01","Color":0,"Headers":{"a b.{{canary}}']":[]} }"""),
        ("shape", $$"""{"Headers":{"{{canary}}":1} }"""),
        ("shape", $"\"{canary}\""),
        ("numbers", $$"""{"{{canary}}":1}"""),
        ("animal", $$"""{"$type":"{{canary}}"}"""),
        ("animal", $$"""{"$type":"dog","Name":{"{{canary}}":1} }"""),
        ("animals", $$"""{"{{canary}}":{"$type":"{{canary}}"} }"""),
        ("things", $$"""{"{{canary}}":{} }"""),
        ("uuid", $"\"{canary}\""),
    ];

    /// <summary>Texts that are no JSON, or none that can be kept.</summary>
    public static IReadOnlyList<string> NotKept(string canary) =>
    [
        canary, $"t{canary}", $"n{canary}", $"\"{canary}", $$"""{"a":{{canary}}}""", $"[{canary}]", $"{{{canary}}}", $"\"\\x{canary}\"", $"\"\\ud800{canary}\"",
        $$"""{"{{canary}}":1,"{{canary}}":2}""", $$"""{"{{canary}}\ud800":1}""", $"[1] {canary}", $"1{canary}", $"-{canary}", $"{new string('[', 70)}\"{canary}\"", $"\"{canary}\0\"",
        $"/*{canary}*/1", $"f{canary}'{canary}'{canary}",
    ];

    public static JobHandlerMap Handlers(string canary)
    {
        var map = new JobHandlerMap()
            .With<Note, Unit>("fail", (job, note, _) =>
            {
                Know(job, note, canary);
                throw new InvalidDataException("The note is empty.");
            })
            .With<Note, Unit>("abort", (job, note, _) => throw Know(job, note, canary).Abort("nothing to send"))
            .With<Note, Unit>("silent", (job, note, _) => throw Know(job, note, canary).AbortSilently("nothing to do"))
            .With<Note, Unit>("fault", (job, note, _) => throw Know(job, note, canary).Fault("not yet", TimeSpan.Zero))
            .With<Note, string>("text", (job, note, _) => Task.FromResult(note.Text))
            .With<Note, Dictionary<string, double>>("nan", (_, note, _) => Task.FromResult(new Dictionary<string, double> { [note.Text] = double.NaN }))
            .With<Note, Dictionary<string, Action>>("code", (_, note, _) => Task.FromResult(new Dictionary<string, Action> { [note.Text] = () => { } }))
            .With<Note, string>("surrogate", (_, note, _) => Task.FromResult(note.Text + "\ud800"))
            .With<Note, string>("large", (_, note, _) => Task.FromResult(string.Concat(Enumerable.Repeat(note.Text, 100))))
            .With<Note, Unit>("wait", async (_, _, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Unit.Value;
            })
            .With<Note, Unit>("lost", (_, _, _) => Task.FromResult(Unit.Value));
        return Takes<Shape>(Takes<Dictionary<string, Animal>>(Takes<Animal>(Takes<Dictionary<string, IThing>>(Takes<Guid>(Takes<Dictionary<int, int>>(
            map, "numbers"), "uuid"), "things"), "animal"), "animals"), "shape");
    }

    /// <summary>The same job types as another build may know them: it takes any JSON.</summary>
    public static JobHandlerMap Anything(JobHandlerMap handlers, string canary) =>
        Misfits(canary).Select(misfit => misfit.Type).Distinct().Aggregate(handlers, Takes<JsonElement>);

    private static JobHandlerMap Takes<TArgs>(JobHandlerMap handlers, string type) => handlers.With<TArgs, Unit>(type, (_, _, _) => Task.FromResult(Unit.Value));

    private static JobContext Know(JobContext job, Note note, string canary) =>
        note.Text == canary && job.Services.GetRequiredService<IConfiguration>()["Api:Token"] == canary ? job : throw new InvalidOperationException("The handler was not given the secret.");
}
