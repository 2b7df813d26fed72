namespace EventDrivenActors.TestSupport;

/// <summary>What a test's handler throws on purpose.</summary>
public sealed class TestFailureException(string message = "The handler failed, as the test asked.")
    : Exception(message);
