using Overseer;

namespace Shop.Handlers;

[JobType("count")]
public sealed class Count
{
    public int Process(string text) => text.Length;
}
