namespace OrderBackend;

/// <summary>The goods that a customer wants.</summary>
public sealed record Order(string Id, string Product, int Quantity);
