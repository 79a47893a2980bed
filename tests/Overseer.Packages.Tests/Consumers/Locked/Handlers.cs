using Overseer;

namespace Locked;

public sealed record Order(string Item, int Pieces);

[JobType("bill")]
public sealed class Bill
{
    public string Process(Order order) => $"{order.Pieces} {order.Item}";
}
