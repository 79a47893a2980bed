using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>Code before and after a fix: in the first the places are marked, <c>{|OVS203:text|}</c>; in the second nothing may be said but what is marked there.</summary>
/// <remarks>Where a fix says that it can mend all, that is tried as well, in the document, the project and the solution.</remarks>
internal static class Fixed
{
    /// <param name="before">The code before.</param>
    /// <param name="after">The code after.</param>
    /// <param name="title">What the editor shows.</param>
    /// <param name="index">Which of the actions to take.</param>
    public static Task Async<TFix>(string before, string after, string title, int index = 0)
        where TFix : CodeFixProvider, new() => Async<TFix>([before], [after], title, index);

    public static Task Async<TFix>(string[] before, string[] after, string title, int index = 0, Action<FixTest<TFix>>? change = null)
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TFix>(before, after)
        {
            CodeActionIndex = index,
            CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title),
        };
        change?.Invoke(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Several places, mended one after the other or all together; their titles are their own.</summary>
    /// <param name="before">The code before.</param>
    /// <param name="after">The code after.</param>
    /// <param name="iterations">How many places there are.</param>
    /// <param name="documents">In how many documents they are.</param>
    /// <param name="change">Sets the test up.</param>
    public static Task AllAsync<TFix>(string[] before, string[] after, int iterations, int documents = 1, Action<FixTest<TFix>>? change = null)
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TFix>(before, after) { NumberOfIncrementalIterations = iterations, NumberOfFixAllIterations = 1, NumberOfFixAllInDocumentIterations = documents };
        change?.Invoke(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nothing is offered.</summary>
    public static Task NotAsync<TFix>(params string[] files)
        where TFix : CodeFixProvider, new() => NotAsync<TFix>(_ => { }, files);

    public static Task NotAsync<TFix>(Action<FixTest<TFix>> change, params string[] files)
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TFix>(files, files);
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        test.CodeActionVerifier = (action, _) => Assert.Fail($"'{action.Title}' is offered.");
        change(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
