namespace EventDrivenActors.TestSupport;

/// <summary>An exception that the handler of a test throws on purpose.</summary>
public sealed class TestFailureException(string message = "The handler failed, as the test asked.")
    : Exception(message);
