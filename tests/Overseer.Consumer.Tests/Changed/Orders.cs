using Overseer;

namespace Consumer.Changed;

public sealed record OrderArgs([WasNamed("Item")] string Article, int Pieces);

public sealed record Ordered([property: WasNamed("Sum")] int Total, IReadOnlyList<OrderArgs> Lines);

[JobType("order", Formerly = ["take-order"])]
public sealed class Order
{
    public Ordered Process(OrderArgs args) => new(3 * args.Pieces, [args]);
}

[JobType("bill")]
[DependsOn<Order>]
public sealed class Bill
{
    public string Process(Ordered order, OrderArgs args) => $"{order.Total} for {order.Lines[0].Pieces} {args.Article}";
}

[JobType("weigh", Retired = true)]
[DependsOn<Order>]
public sealed class Weigh
{
    public int Process(Ordered order) => order.Total * 10;
}
