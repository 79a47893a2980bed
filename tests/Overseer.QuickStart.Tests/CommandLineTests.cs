using QuickStart;
using Xunit;

namespace Overseer.QuickStart.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_are_read_in_any_order()
    {
        var line = CommandLine.Parse(["--crash", "--pace", "0", "--key", "two", "--reset"]);

        Assert.Equal((true, true, false, TimeSpan.Zero, "two"), (line.Crash, line.Reset, line.Help, line.Pace, line.Key));
    }

    [Theory]
    [InlineData("There is no option '--bogus'.", "--crash", "--bogus")]
    [InlineData("There is no option 'seattle'.", "seattle")]
    [InlineData("--key needs a value.", "--key")]
    [InlineData("--folder needs a value.", "--folder", "")]
    [InlineData("--pace takes milliseconds from 0 to 60000, not '-1'.", "--pace", "-1")]
    [InlineData("--pace takes milliseconds from 0 to 60000, not '60001'.", "--pace", "60001")]
    public void What_cannot_be_read_is_named(string expected, params string[] arguments) =>
        Assert.Equal(expected, Assert.Throws<UsageException>(() => CommandLine.Parse(arguments)).Message);

    [Fact]
    public void Each_key_has_its_own_folder()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        string FolderOf(string key) => CommandLine.Parse(["--folder", folder, "--key", key]).Args.Folder;

        Assert.Equal(folder, FolderOf("seattle"));
        Assert.Equal(5, new[] { "seattle", "a b", "a-b", "..", "a/b" }.Select(FolderOf).Distinct().Count());
        Assert.All(new[] { "..", "../..", "/" }, key => Assert.StartsWith(folder + Path.DirectorySeparatorChar, Path.GetFullPath(FolderOf(key)), StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.GetTempFileName();
        var error = Assert.Throws<UsageException>(CommandLine.Parse(["--folder", file]).MakeFolders);

        Assert.StartsWith($"--folder '{file}' cannot be used: ", error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Own_data_is_named_after_its_file()
    {
        var args = CommandLine.Parse(["--data", "/data/harbour.csv"]).Args;

        Assert.Equal(("harbour", "harbour.csv", "/data/harbour.csv"), (args.Place, args.Origin, args.File));
    }
}
