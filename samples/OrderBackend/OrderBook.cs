namespace OrderBackend;

/// <summary>The workflow of all orders: one event at a time, so its state needs no lock.</summary>
public sealed class OrderBook
{
    private readonly Dictionary<string, Entry> _orders = [];
    private readonly OrderBackendOptions _options;
    private int _shippedToday;

    public OrderBook(EventRuntime runtime, OrderBackendOptions options)
    {
        _options = options;
        Controller = runtime.CreateController(o =>
        {
            o.Name = "orders";
            o.AddTimer(TimeSpan.FromDays(1), OrderEvents.DayEnds);
            o.Mapping.On(OrderEvents.Place, PlaceAsync)
                .On(OrderEvents.Pay, Pay)
                .On(OrderEvents.PaymentDue, (_, id) => Move(id, OrderStatus.Placed, OrderStatus.TimedOut))
                .On(OrderEvents.Reserved, Reserved)
                .On(OrderEvents.OutOfStock, (_, order) => Move(order.Id, OrderStatus.Paid, OrderStatus.Refunded))
                .On(OrderEvents.Shipped, Shipped)
                .On(OrderEvents.Undeliverable, (_, order) => Move(order.Id, OrderStatus.Reserved, OrderStatus.Refunded))
                .On(OrderEvents.DayEnds, DayEnds);
        });
    }

    public Controller Controller { get; }

    /// <summary>Works out prices, sets goods aside and ships them.</summary>
    public IController? Prices { get; set; }

    public IController? Warehouse { get; set; }

    public IController? Shipping { get; set; }

    /// <summary>How many orders were shipped on each day so far.</summary>
    public List<int> ShippedByDay { get; } = [];

    /// <summary>
    /// An order's status; to be read when the backend is idle, or in a handler of <see cref="Controller"/>.
    /// </summary>
    public OrderStatus StatusOf(string id) => _orders[id].Status;

    private async Task<decimal> PlaceAsync(Session session, Order order)
    {
        decimal price = await Prices!.Dispatch(OrderEvents.Price, order);
        ITimer due = _options.TimeProvider.CreateTimer(
            _ => Controller.Post(OrderEvents.PaymentDue, order.Id),
            null,
            _options.TimeToPay,
            Timeout.InfiniteTimeSpan
        );
        _orders.Add(order.Id, new Entry(order, price, due));
        return price;
    }

    private OrderStatus Pay(Session session, Payment payment)
    {
        Entry entry = _orders[payment.OrderId];
        if (payment.Amount < entry.Price)
        {
            throw new ArgumentException(
                $"The order '{payment.OrderId}' costs {entry.Price}; {payment.Amount} is too little."
            );
        }

        if (Move(payment.OrderId, OrderStatus.Placed, OrderStatus.Paid))
        {
            entry.Due.Dispose();
            Warehouse!.Post(OrderEvents.Reserve, entry.Order);
        }

        return entry.Status;
    }

    private void Reserved(Session session, Order order)
    {
        Move(order.Id, OrderStatus.Paid, OrderStatus.Reserved);
        Shipping!.Post(OrderEvents.Ship, order);
    }

    private void Shipped(Session session, Order order)
    {
        Move(order.Id, OrderStatus.Reserved, OrderStatus.Shipped);
        _shippedToday++;
    }

    private void DayEnds(Session session)
    {
        ShippedByDay.Add(_shippedToday);
        _shippedToday = 0;
    }

    private bool Move(string id, OrderStatus from, OrderStatus to)
    {
        Entry entry = _orders[id];
        bool moved = entry.Status == from;
        entry.Status = moved ? to : entry.Status;
        return moved;
    }

    private sealed class Entry(Order order, decimal price, ITimer due)
    {
        public Order Order => order;

        public decimal Price => price;

        public ITimer Due => due;

        public OrderStatus Status { get; set; }
    }
}
