namespace Overseer.Generators.Tests;

public class GuideTests
{
    [Fact]
    public void The_guide_compiles() => Generated.From(Sources.Reports).CompilesCleanly();
}
