using CsCheck;
using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class InputTests
{
    public sealed record Numbers(double Real, float Rough, decimal Exact, long Whole, ulong Positive, Int128 Wide, double? Maybe);

    [Fact]
    public async Task Numbers_come_back_to_the_last_digit_or_are_refused()
    {
        var client = await StartAsync(Echo<Numbers>());
        var doubles = Gen.OneOf(Gen.Double, Texts.One(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, -0.0, 0.1 + 0.2, 1e23));
        var all = Gen.Select(doubles, Gen.Single, Gen.Decimal, Gen.OneOf(Gen.Long, Texts.One(long.MinValue, long.MaxValue)), Gen.OneOf(Gen.ULong, Texts.One(ulong.MaxValue)),
            (one, two, three, four, five) => new Numbers(one, two, three, four, five, (Int128)five * five, one));
        await all.Array[20].SampleAsync(
            async samples =>
            {
                var kept = new List<Numbers>();
                foreach (var numbers in samples)
                {
                    if (double.IsFinite(numbers.Real) && float.IsFinite(numbers.Rough)) kept.Add(numbers);
                    else Assert.Contains("cannot be stored as JSON", Assert.Throws<ArgumentException>(() => (object)Job.Create("echo", numbers)).Message, StringComparison.Ordinal);
                }

                if (kept.Count == 0) return;
                var ended = await RunAsync(client, [.. kept.Select(numbers => Job.Create("echo", numbers))]);
                Assert.All(ended.Zip(kept), pair => Assert.Equal((pair.Second, BitConverter.DoubleToInt64Bits(pair.Second.Real)), (Read<Numbers>(pair.First.Result)!, BitConverter.DoubleToInt64Bits(Read<Numbers>(pair.First.Result)!.Real))));
            },
            iter: 20, threads: 1);
    }

    /// <summary>A number that only its text can hold must not reach a handler as infinity.</summary>
    [Theory]
    [InlineData("double", "1e400")]
    [InlineData("double", "-1e400")]
    [InlineData("double", "[1]")]
    [InlineData("list", "[1.5,1e309]")]
    [InlineData("list", "[1,null]")]
    [InlineData("maybe", "1e400")]
    [InlineData("float", "1e39")]
    [InlineData("float", "340282356779733661637539395458142568448")]
    [InlineData("long", "12345678901234567890")]
    [InlineData("long", "1.5")]
    [InlineData("long", "1e400")]
    [InlineData("decimal", "123456789012345678901234567890123456789")]
    public async Task A_number_that_its_type_cannot_hold_is_refused(string type, string text)
    {
        var client = await StartAsync(ByType());
        var said = Said(await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(Job.FromJson(type, text)))));
        Assert.Contains($"The args of job '{type}' are not what its handler", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double", "1.7976931348623157E+308")]
    [InlineData("double", "1e-400")]
    [InlineData("float", "3.4028235E+38")]
    [InlineData("list", "[1e308,-1e308]")]
    [InlineData("maybe", "null")]
    [InlineData("long", "9223372036854775807")]
    [InlineData("decimal", "79228162514264337593543950335")]
    public async Task A_number_that_its_type_can_hold_is_taken(string type, string text)
    {
        var job = Assert.Single(await RunAsync(await StartAsync(ByType()), Job.FromJson(type, text)));
        Assert.Equal((JobStatus.Finished, text), (job.Status, job.Args));
    }

    private static JobHandlerMap ByType() =>
        Echo<double>(Echo<List<double>>(Echo<double?>(Echo<float>(Echo<long>(Echo<decimal>(type: "decimal"), "long"), "float"), "maybe"), "list"), "double");
}
