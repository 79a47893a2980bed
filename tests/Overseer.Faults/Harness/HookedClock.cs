namespace Overseer.Faults;

/// <summary>The system's clock, which does something the next time it is asked.</summary>
internal sealed class HookedClock : TimeProvider
{
    public Action? Asked { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        var asked = Asked;
        Asked = null;
        asked?.Invoke();
        return base.GetUtcNow();
    }
}
