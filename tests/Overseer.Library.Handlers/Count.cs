using Overseer;

namespace Library;

// Not accessible from outside, and still upstream of graphs that are.
[JobType("count")]
[DependsOn<Split>]
internal sealed class Count
{
    public int Process(Words words) => words.Items.Count;
}
