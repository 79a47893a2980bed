using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>How a run ended in several rollouts, from none of its jobs done before to all but one.</summary>
internal static class Endings
{
    public static void AreWell(IReadOnlyList<string> endings) => Assert.All(endings, ending => Assert.Equal(Ending.Well, ending));

    /// <summary>At least one rollout did this harm, and none did another.</summary>
    public static void AreHarmed(string harm, IReadOnlyList<string> endings)
    {
        Assert.Contains(harm, endings);
        Assert.All(endings, ending => Assert.Contains(ending, (string[])[Ending.Well, harm]));
    }
}
