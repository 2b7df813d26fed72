namespace OrderBackend;

/// <summary>The keys of the workflow's events.</summary>
public static class OrderEvents
{
    /// <summary>A customer orders; the result is the price.</summary>
    public static readonly EventKey<Order, decimal> Place = new("place");

    /// <summary>A customer pays; the result is the order's status.</summary>
    public static readonly EventKey<Payment, OrderStatus> Pay = new("pay");

    /// <summary>The time to pay is over.</summary>
    public static readonly EventKey<string> PaymentDue = new("payment-due");

    /// <summary>
    /// The warehouse is to set goods aside; its answer is <see cref="Reserved"/> or <see cref="OutOfStock"/>.
    /// </summary>
    public static readonly EventKey<Order> Reserve = new("reserve");

    public static readonly EventKey<Order> Reserved = new("reserved");

    public static readonly EventKey<Order> OutOfStock = new("out-of-stock");

    /// <summary>
    /// A courier is to fetch the goods; the answer is <see cref="Shipped"/> or <see cref="Undeliverable"/>.
    /// </summary>
    public static readonly EventKey<Order> Ship = new("ship");

    public static readonly EventKey<Order> Shipped = new("shipped");

    public static readonly EventKey<Order> Undeliverable = new("undeliverable");

    /// <summary>The price of an order, worked out in a child process.</summary>
    public static readonly EventKey<Order, decimal> Price = new("price");

    /// <summary>Once a day, to count the orders that were shipped.</summary>
    public static readonly string DayEnds = "day-ends";
}
