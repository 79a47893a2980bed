using System.Globalization;

namespace Overseer;

/// <summary>The number of one run in a store, from 1.</summary>
/// <param name="Number">The number.</param>
public readonly record struct RunId(long Number)
{
    /// <summary>The number as text.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
