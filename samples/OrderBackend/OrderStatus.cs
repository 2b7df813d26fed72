namespace OrderBackend;

public enum OrderStatus
{
    Placed,
    Paid,
    Reserved,
    Shipped,

    /// <summary>It was not paid in time.</summary>
    TimedOut,

    /// <summary>The money went back: nothing was in stock, or no courier came.</summary>
    Refunded,
}
