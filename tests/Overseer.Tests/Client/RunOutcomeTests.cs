using Xunit;

namespace Overseer.Tests.Client;

public sealed class RunOutcomeTests
{
    [Theory]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one\r\n   two\r\rthree\u2028four\n", "one two three four")]
    [InlineData("", "")]
    public void It_is_one_line_whatever_the_failure_says(string message, string said)
    {
        var job = new Job("a") { Status = JobStatus.Failed, Reason = JobReason.Exception, Failure = new JobFailure(message) };
        var run = new Run(new RunId(7), null, "G", "0", RunStatus.Failed, 1, 0, 1, 0, default, null);
        Assert.Equal($"run 7 failed: 0 of 1 jobs finished, 1 failed; a: {said}".TrimEnd(' '), new RunOutcome(run, [job]).ToString());
    }
}
