namespace Overseer;

/// <summary>The three stages of an attempt, in the order they run.</summary>
public enum JobStage
{
    /// <summary>Before the work: checks and preparation; gives no result.</summary>
    PreProcess,

    /// <summary>The work. Every handler has it.</summary>
    Process,

    /// <summary>After the work: may replace the result.</summary>
    PostProcess,
}
