using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>What a rule found. An analyzer turns it into a diagnostic at a source location; the emitter only asks whether there is one.</summary>
/// <param name="Id">The rule, one of <see cref="RuleId"/>.</param>
/// <param name="Handler">The key of the handler that it is about.</param>
/// <param name="Target">What of that handler it is about.</param>
/// <param name="Arguments">The arguments of the message, as <see cref="RuleId"/> lists them.</param>
internal sealed record RuleProblem(string Id, string Handler, RuleTarget Target, EquatableArray<string> Arguments)
{
    /// <summary>The keys of the other handlers that it is about, for a code fix to name.</summary>
    public EquatableArray<string> Others { get; init; }
}

/// <summary>A place in a handler's declaration.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Index">
/// For attributes the place in <c>GetAttributes()</c> of the class or the assembly; for stages and parameters the place in
/// <see cref="HandlerModel.Stages"/>, which is that of <see cref="Parsing.StageFinder.Find(Microsoft.CodeAnalysis.INamedTypeSymbol, Microsoft.CodeAnalysis.Compilation)"/>.
/// </param>
/// <param name="Part">The argument of the attribute, which of its former names, or the ordinal of the parameter.</param>
internal readonly record struct RuleTarget(RuleTargetKind Kind, int Index = 0, int Part = 0)
{
    public static RuleTarget Class => new(RuleTargetKind.Class);

    public static RuleTarget Constructor => new(RuleTargetKind.Constructor);

    public static RuleTarget Attribute(int index, int argument = 0) => new(RuleTargetKind.Attribute, index, argument);

    public static RuleTarget FormerName(int attribute, int index) => new(RuleTargetKind.FormerName, attribute, index);

    public static RuleTarget Stage(int index) => new(RuleTargetKind.Stage, index);

    public static RuleTarget Parameter(int stage, int ordinal) => new(RuleTargetKind.Parameter, stage, ordinal);

    public static RuleTarget Harness(HarnessModel harness) =>
        new(harness.IsOfAssembly ? RuleTargetKind.AssemblyAttribute : RuleTargetKind.Attribute, harness.Attribute);
}

internal enum RuleTargetKind
{
    Class,
    Attribute,
    AssemblyAttribute,
    FormerName,
    Stage,
    Parameter,
    Constructor,
}
