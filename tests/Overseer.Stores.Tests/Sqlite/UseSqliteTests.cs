using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Overseer.Stores.Tests.Sqlite;

/// <summary>What a call of <c>UseSqlite</c> refuses before anything is opened.</summary>
public sealed class UseSqliteTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(":memory:")]
    [InlineData(null)]
    public void A_path_that_is_none_is_refused_by_the_call(string? path)
    {
        var overseer = new ServiceCollection().AddOverseer(new JobHandlerMap());
        Assert.ThrowsAny<ArgumentException>(() => overseer.UseSqlite(path!));
    }

    [Fact]
    public void An_option_out_of_range_is_refused_by_the_call()
    {
        var overseer = new ServiceCollection().AddOverseer(new JobHandlerMap());
        var error = Assert.Throws<ArgumentException>(() => overseer.UseSqlite("a.db", options => options.BusyTimeout = TimeSpan.Zero));
        Assert.Contains("BusyTimeout is 00:00:00", error.Message, StringComparison.Ordinal);
    }
}
