using Overseer;

namespace Broken;

public static class Caller
{
    public static JobGraph Graph() => JobGraphs.CreateReport("text");

    public static object Handlers() => JobHandlers.All;
}

public sealed class Extract
{
    public int Process(string text) => text.Length;
}

[JobType("report")]
[DependsOn<Extract>]
[JobGraph("Report")]
public sealed class Report
{
    public string Process(int length) => $"{length} letters";
}
