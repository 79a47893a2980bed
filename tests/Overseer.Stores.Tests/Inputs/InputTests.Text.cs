using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class InputTests
{
    public sealed record Note(string Text, Dictionary<string, string> Keyed);

    [Fact]
    public async Task Text_in_args_and_results_comes_back_or_is_refused()
    {
        var client = await StartAsync(Echo<Note>());
        await Texts.Any.Array[20].SampleAsync(
            async texts =>
            {
                var jobs = new List<Job>();
                foreach (var text in texts)
                {
                    var note = new Note(text, new() { [text] = text });
                    if (Texts.IsWhole(text)) jobs.Add(Job.Create("echo", note));
                    else Assert.Contains("lone surrogate", Assert.Throws<ArgumentException>(() => Job.Create("echo", note)).Message, StringComparison.Ordinal);
                }

                if (jobs.Count == 0) return;
                var ended = await RunAsync(client, [.. jobs]);
                foreach (var (job, text) in ended.Zip(texts.Where(Texts.IsWhole)))
                {
                    Assert.Equal(JobStatus.Finished, job.Status);
                    Assert.Equal(job.Args, job.Result);
                    var back = Read<Note>(job.Result)!;
                    Assert.Equal((text, text, text), (back.Text, Assert.Single(back.Keyed).Key, back.Keyed[text]));
                }
            },
            iter: 20, threads: 1);
    }

    [Fact]
    public async Task What_a_handler_returns_and_throws_is_recorded_whatever_text_it_holds()
    {
        var made = new System.Collections.Concurrent.ConcurrentDictionary<int, string>();
        var client = await StartAsync(new JobHandlerMap()
            .With<int, string>("return", (_, number, _) => Task.FromResult(made[number]))
            .With<int, Unit>("throw", (_, number, _) => throw new InvalidDataException(made[number]))
            .With<int, Unit>("abort", (job, number, _) => throw job.Abort(made[number])));
        var next = 0;
        await Texts.Any.Array[10].SampleAsync(
            async texts =>
            {
                var jobs = new List<Job>();
                foreach (var text in texts)
                {
                    made[++next] = text;
                    jobs.AddRange(new[] { "return", "throw", "abort" }.Select(type => Job.Create(type, next)));
                }

                foreach (var job in await RunAsync(client, [.. jobs]))
                {
                    var text = made[Read<int>(job.Args)];
                    if (job.Type == "return" && Texts.IsWhole(text)) Assert.Equal((JobStatus.Finished, text), (job.Status, Read<string>(job.Result)));
                    else if (job.Type == "return") Assert.Equal((JobReason.ResultRejected, true), (job.Reason, job.Failure!.Message.Contains("lone surrogate", StringComparison.Ordinal)));
                    else Assert.Equal((job.Type == "throw" ? JobReason.Exception : JobReason.Abort, Texts.Clean(text)), (job.Reason, job.Failure!.Message));
                }
            },
            iter: 20, threads: 1);
    }

    [Fact]
    public async Task Raw_JSON_is_kept_to_the_letter_or_refused()
    {
        var client = await StartAsync(Echo<JsonElement>());
        var pieces = Texts.One(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\0\"", "\"\ud800\"", "1", "-0", "1e400", "12345678901234567890", "0.10", "01", "NaN", "null", "true", " ", "\n",
            "//x\n", "\ufeff");
        await pieces.Array[1, 12].Select(string.Concat).Array[30].SampleAsync(
            async texts =>
            {
                var kept = new List<Job>();
                foreach (var text in texts.Append("""{"a":1,"b":[12345678901234567890,1e400,0.10,-0]}"""))
                {
                    var job = Job.FromJson("echo", text);
                    if (IsKept(text)) kept.Add(job);
                    else Assert.Contains("Correct the text.", Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(job)))), StringComparison.Ordinal);
                }

                var ended = await RunAsync(client, [.. kept]);
                Assert.All(ended.Zip(kept), pair => Assert.Equal((JobStatus.Finished, pair.Second.Args), (pair.First.Status, pair.First.Args)));
                Assert.All(ended, job => Assert.True(JsonElement.DeepEquals(Read<JsonElement>(job.Args), Read<JsonElement>(job.Result)), $"{job.Args} came back as {job.Result}"));
            },
            iter: 20, threads: 1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_payload_is_kept_up_to_its_limit_and_refused_beyond_it(int over)
    {
        var size = MaxPayloadBytes + over;
        // Two bytes of UTF-8 each, with quotes around them.
        var text = new string('ä', (size - 2) / 2) + (size % 2 == 0 ? "" : "x");
        Assert.Equal(size, Encoding.UTF8.GetByteCount(text) + 2);
        var client = await StartAsync(Echo<string>().With<int, string>("result", (_, _, _) => Task.FromResult(text)));
        var result = Assert.Single(await RunAsync(client, Job.Create("result", 1)));
        if (over <= 0)
        {
            Assert.Equal(text, Read<string>(Assert.Single(await RunAsync(client, Job.Create("echo", text))).Result));
            Assert.Equal(text, Read<string>(result.Result));
            return;
        }

        var said = Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(Job.Create("echo", text, "the-job")))));
        Assert.Contains("'echo (the-job)' have 4,097 bytes, and the limit (MaxPayloadBytes) is 4,096. Store the data elsewhere", said, StringComparison.Ordinal);
        Assert.Equal(JobReason.ResultRejected, result.Reason);
        Assert.Contains("4,097 bytes, and the limit (MaxPayloadBytes) is 4,096", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1000, false)]
    public async Task What_is_nested_deeper_than_can_be_read_is_refused(int depth, bool isKept)
    {
        var text = new string('[', depth) + new string(']', depth);
        // A result is refused one level earlier: what is written counts the value itself.
        var client = await StartAsync(Echo<JsonElement>().With<int, object>("deep", (_, _, _) => Task.FromResult(Enumerable.Range(2, depth - 1).Aggregate((object)1, (inner, _) => new[] { inner }))));
        var result = Assert.Single(await RunAsync(client, Job.Create("deep", 1)));
        Assert.Equal(isKept ? null : JobReason.ResultRejected, result.Reason);
        if (isKept) Assert.Equal(text, Assert.Single(await RunAsync(client, Job.FromJson("echo", text))).Result);
        else Assert.Contains("depth of 64", Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(Job.FromJson("echo", text))))), StringComparison.Ordinal);
    }

    private static bool IsKept(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Texts.IsWhole(text) && !text.Contains("\\ud800", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
