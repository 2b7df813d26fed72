namespace OrderBackend;

public sealed class CourierException(string message) : Exception(message);
