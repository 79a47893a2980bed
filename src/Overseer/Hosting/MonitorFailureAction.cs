namespace Overseer;

/// <summary>What happens when the monitor that resets dead jobs fails.</summary>
public enum MonitorFailureAction
{
    /// <summary>The failure is logged and the monitor goes on.</summary>
    Continue,

    /// <summary>The worker stops gracefully, and with it the host it runs in.</summary>
    Shutdown,
}
