using Microsoft.Extensions.Time.Testing;
using Overseer.Postgres;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class WatermarkTests
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly FakeTimeProvider clock = new();

    private readonly Watermark watermark;

    public WatermarkTests()
    {
        watermark = new Watermark(clock);
        watermark.Emptied(Time, watermark.Next("1", isThorough: false));
    }

    private double Below => (Time - watermark.Next("1", isThorough: false).From.Due).TotalSeconds;

    [Fact]
    public void The_first_claim_begins_at_the_front_and_the_next_where_that_found_no_more()
    {
        Assert.Equal(DateTime.MinValue, new Watermark(clock).Next("1", isThorough: false).From.Due);
        Assert.Equal(0.25, Below);
    }

    [Fact]
    public void What_it_was_told_of_lowers_it_until_a_claim_that_knew_has_come_back()
    {
        watermark.LookBelow(TimeSpan.FromSeconds(2));
        watermark.LookBelow(TimeSpan.FromSeconds(1));
        Assert.Equal(2.25, (Time - watermark.Woken("1")!.Due).TotalSeconds);
        var start = watermark.Next("1", isThorough: false);
        Assert.Equal(2.25, Below);
        watermark.LookBelow(TimeSpan.FromSeconds(1));

        watermark.Emptied(Time, start);
        Assert.Equal(2.25, Below);
        watermark.Emptied(Time, watermark.Next("1", isThorough: false));
        Assert.Equal(0.25, Below);
    }

    [Fact]
    public void Only_one_that_found_no_more_and_was_told_since_is_woken_and_once()
    {
        Assert.Null(watermark.Woken("1"));
        watermark.LookBelow(TimeSpan.Zero);
        Assert.Null(watermark.Woken("2"));
        Assert.NotNull(watermark.Woken("1"));
        Assert.Null(watermark.Woken("1"));

        watermark.Filled(new DueJob(Time, 1, 1), watermark.Next("1", isThorough: false));
        watermark.LookBelow(TimeSpan.Zero);
        Assert.Null(watermark.Woken("1"));
    }

    [Fact]
    public void It_goes_on_at_the_place_where_a_claim_was_filled_unless_it_is_told_of_more()
    {
        var last = new DueJob(Time, 7, 8);
        var start = watermark.Next("1", isThorough: false);
        watermark.Filled(last, start);
        Assert.Equal(last, watermark.Next("1", isThorough: false).From);

        watermark.LookBelow(TimeSpan.Zero);
        Assert.Equal(0.25, Below);
        watermark.Filled(last, start);
        Assert.Equal(0.25, Below);
    }

    [Fact]
    public void It_looks_lower_twice_a_second_or_when_it_has_to_and_from_the_front_every_ten()
    {
        Assert.Equal(5, (Time - watermark.Next("1", isThorough: true).From.Due).TotalSeconds);
        Assert.Equal(0.25, Below);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Below);
        Assert.Equal(0.25, Below);
        watermark.LookBelow(TimeSpan.FromSeconds(60));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(60, Below);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(DateTime.MinValue, watermark.Next("1", isThorough: false).From.Due);
        watermark.Emptied(Time, watermark.Next("1", isThorough: false));
        watermark.Reset();
        Assert.Null(watermark.Woken("1"));
        Assert.Equal(DateTime.MinValue, watermark.Next("2", isThorough: false).From.Due);
    }

    [Theory]
    [InlineData(0.01, 10)]
    [InlineData(0.1, 30)]
    [InlineData(3, 60)]
    public void Where_a_look_from_the_front_takes_long_the_next_comes_later(double took, double after)
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        var start = watermark.Next("1", isThorough: false);
        Assert.Equal(DateTime.MinValue, start.From.Due);
        clock.Advance(TimeSpan.FromSeconds(took));
        watermark.Emptied(Time, start);

        clock.Advance(TimeSpan.FromSeconds(after - took - 0.001));
        Assert.NotEqual(DateTime.MinValue, watermark.Next("1", isThorough: false).From.Due);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(DateTime.MinValue, watermark.Next("1", isThorough: false).From.Due);
    }
}
