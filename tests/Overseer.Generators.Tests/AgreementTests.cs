using Overseer.Generators.Analyzers;
using Overseer.Generators.Model;

namespace Overseer.Generators.Tests;

/// <summary>The generator meets handlers by attribute, the analyzers by walking all classes: both must see the same.</summary>
public class AgreementTests
{
    [Theory]
    [InlineData(Sources.Reports)]
    [InlineData(Sources.Usings + """
        [assembly: Harness<Wrap>(Order = 2)]
        public class Wrap : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
        [JobType("a")] public partial class A { public class Inner { [JobType("b")] public class B { public int Process() => 1; } } }
        [DependsOn<A.Inner.B>] public partial class A { public void Process(int b) { } }
        [JobType("c")] public abstract class C<T> { }
        [JobType("d"), DependsOn<string>] public static class D { }
        [JobType("e")] public struct E { }
        [JobType("f"), JobType("g")] file record F(int Id) { public void Process(int i, int j) { } }
        """)]
    public void Analyzers_and_generator_see_the_same_handlers(string source)
    {
        var generated = Generated.From(source);
        var seen = generated.Result.TrackedSteps[TrackingNames.Handlers].SelectMany(step => step.Outputs).Select(output => (HandlerModel)output.Value).Distinct();
        var table = HandlerIndex.Read(generated.Before, TestContext.Current.CancellationToken)!;
        Assert.Equal(table.Own.Handlers, seen.OrderBy(handler => handler.MetadataName, StringComparer.Ordinal));
        Assert.Equal(table.Own with { Handlers = [] }, generated.Result.TrackedSteps[TrackingNames.Assembly][0].Outputs[0].Value);
    }
}
