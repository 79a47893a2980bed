using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>The order of harnesses, and with it OVS401 and the half of OVS402 that is about two of them.</summary>
internal static class HarnessRules
{
    /// <summary>Outermost first: assembly before class, then by order, then as in the source.</summary>
    public static EquatableArray<HarnessModel> InOrder(EquatableArray<HarnessModel> ofAssembly, EquatableArray<HarnessModel> ofClass) =>
        ofAssembly.OrderBy(harness => harness.Order)
            .Concat(ofClass.OrderBy(harness => harness.Order))
            .ToEquatableArray();

    /// <summary>What is wrong with the harnesses of one class, or of the assembly.</summary>
    public static IEnumerable<RuleProblem> Check(string handler, EquatableArray<HarnessModel> harnesses)
    {
        for (var index = 0; index < harnesses.Count; index++)
        {
            var harness = harnesses[index];
            if (harness.Flaw is { } flaw)
            {
                if (!harness.Type.Is(TypeTraits.Unresolved))
                    yield return new(RuleId.UnusableHarness, handler, RuleTarget.Harness(harness), [harness.Type.Display, flaw]);
                continue;
            }

            var unordered = harnesses.Take(index).FirstOrDefault(other =>
                other.Stage == harness.Stage && other.Order == harness.Order && other.File != harness.File);
            if (unordered is not null)
            {
                yield return new(
                    RuleId.UnusableHarness,
                    handler,
                    RuleTarget.Harness(harness),
                    [harness.Type.Display, $"another file gives {unordered.Type.Display} the same order, so it is open which is outside; set Order"]);
            }
        }
    }

    /// <summary>Two that provide one type to one stage.</summary>
    /// <param name="handler">The key of the handler.</param>
    /// <param name="ordered">All its harnesses, outermost first.</param>
    public static IEnumerable<RuleProblem> CheckProvided(string handler, EquatableArray<HarnessModel> ordered)
    {
        for (var index = 0; index < ordered.Count; index++)
        {
            var harness = ordered[index];
            if (harness.Provides is not { } provided) continue;
            var other = ordered.Take(index).FirstOrDefault(earlier => earlier.Stage == harness.Stage && earlier.Provides?.Key == provided.Key);
            if (other is null) continue;
            yield return new(
                RuleId.ProvidedValue,
                handler,
                RuleTarget.Harness(harness),
                [provided.Display, harness.Stage.ToString(), $"both {other.Type.Display} and {harness.Type.Display} provide it"]);
        }
    }
}
