using Overseer;

namespace Library;

[JobType("split")]
public sealed class Split
{
    public Words Process(Text text) => new(text.Content.Split(' '));
}
