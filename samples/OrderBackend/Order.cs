namespace OrderBackend;

/// <summary>What a customer wants.</summary>
public sealed record Order(string Id, string Product, int Quantity);
