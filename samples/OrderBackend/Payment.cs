namespace OrderBackend;

/// <summary>Money for an order.</summary>
public sealed record Payment(string OrderId, decimal Amount);
