namespace EventDrivenActors;

/// <summary>
/// A handler in a child process threw, its arguments could not be read there, or what it returned cannot cross to this
/// process.
/// </summary>
/// <param name="message">Says which handler of which child, and what it threw, or which part of its result cannot
/// cross.</param>
/// <param name="innerException">The first of <see cref="RemoteInnerExceptions"/>, if there are any.</param>
public sealed class RemoteHandlerException(string message, RemoteHandlerException? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The full name of the exception's type in the child.</summary>
    public required string RemoteType { get; init; }

    /// <summary>The exception's own message.</summary>
    public required string RemoteMessage { get; init; }

    /// <summary>Where it was thrown in the child, as text.</summary>
    public string? RemoteStackTrace { get; init; }

    /// <summary>Its inner failures: several for an aggregate.</summary>
    public IReadOnlyList<RemoteHandlerException> RemoteInnerExceptions { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        RemoteStackTrace is null
            ? base.ToString()
            : $"{base.ToString()}{Environment.NewLine}--- in the child process "
                + $"---{Environment.NewLine}{RemoteStackTrace}";
}
