namespace QuickStart;

/// <summary>Maps values to coordinates of a drawing, and picks round ticks.</summary>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value.</param>
/// <param name="LowAt">Where the lowest is drawn.</param>
/// <param name="HighAt">Where the highest is drawn.</param>
/// <param name="Step">The distance between two ticks.</param>
public sealed record Scale(decimal Low, decimal High, decimal LowAt, decimal HighAt, decimal Step)
{
    /// <summary>The ticks, from low to high.</summary>
    public IEnumerable<decimal> Ticks
    {
        get
        {
            for (var tick = Low; tick <= High; tick += Step) yield return tick;
        }
    }

    /// <summary>A scale that begins and ends on a tick.</summary>
    public static Scale Around(decimal low, decimal high, decimal step, decimal lowAt, decimal highAt)
    {
        var bottom = Math.Floor(low / step) * step;
        var top = Math.Max(Math.Ceiling(high / step) * step, bottom + step);
        return new Scale(bottom, top, lowAt, highAt, step);
    }

    /// <summary>Where a value is drawn.</summary>
    public decimal At(decimal value) => LowAt + ((value - Low) / (High - Low) * (HighAt - LowAt));
}
