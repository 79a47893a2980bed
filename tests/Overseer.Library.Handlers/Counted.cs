using Overseer;

namespace Library;

[JobType("counted")]
[DependsOn<Count>]
[JobGraph("CountWords")]
public sealed class Counted
{
    public ValueTask<int?> ProcessAsync(int count) => new(count > 0 ? count : null);
}
