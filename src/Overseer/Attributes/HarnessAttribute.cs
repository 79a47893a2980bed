namespace Overseer;

/// <summary>Wraps one stage of a handler, or of every handler of the assembly, in a harness.</summary>
/// <remarks>
/// Outermost first: assembly before class, then <see cref="Order"/>, then source order. Two files of one partial class
/// that use the same order are OVS401. A harness is created per attempt from the attempt's service scope.
/// </remarks>
/// <typeparam name="THarness">An <see cref="IJobHarness"/> or <see cref="IJobHarness{T}"/> that can be constructed (OVS401).</typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class HarnessAttribute<THarness> : Attribute
{
    /// <summary>The stage it wraps. Default: <see cref="JobStage.Process"/>.</summary>
    public JobStage Stage { get; set; } = JobStage.Process;

    /// <summary>Lower is further outside. Default: 0.</summary>
    public int Order { get; set; }
}
