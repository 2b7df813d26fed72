namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// An exception as it crosses the process line: texts only, so that the other side needs neither its type nor its
/// serializer.
/// </summary>
/// <param name="TypeName">Full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Its stack trace, null when it was never thrown.</param>
/// <param name="Inner">Inner failures: all of an aggregate's, else none or one.</param>
/// <param name="Data">The entries of <see cref="Exception.Data"/> as text.</param>
internal sealed record RemoteFailure(
    string TypeName,
    string Message,
    string? StackTrace,
    IReadOnlyList<RemoteFailure> Inner,
    IReadOnlyList<KeyValuePair<string, string>> Data
)
{
    /// <summary>How deep inner failures are followed.</summary>
    public const int MaxDepth = 8;

    /// <summary>How many failures one record holds, itself included.</summary>
    public const int MaxFailures = 64;

    /// <summary>How many characters of one text are kept.</summary>
    public const int MaxText = 64 * 1024;

    /// <summary>
    /// How many characters all texts of a failure may have together, so that one always fits a message.
    /// </summary>
    public const int MaxTotalText = 1024 * 1024;

    /// <summary>How many entries of <see cref="Exception.Data"/> are kept.</summary>
    public const int MaxData = 32;

    /// <summary>
    /// Describes <paramref name="exception"/>. Never throws, also when the exception's own members do.
    /// </summary>
    public static RemoteFailure From(Exception exception) => new RemoteFailureBuilder().Build(exception, depth: 1);
}
