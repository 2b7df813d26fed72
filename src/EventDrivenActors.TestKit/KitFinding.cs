namespace EventDrivenActors.TestKit;

/// <summary>
/// A failure that no code observed, or an event without a handler. A test fails if it ends with a finding, unless
/// <see cref="ControllerTestKitOptions"/> allow it.
/// </summary>
/// <param name="Message">The finding, as a sentence.</param>
/// <param name="Exception">The failure, if there was one.</param>
public sealed record KitFinding(string Message, Exception? Exception = null)
{
    /// <inheritdoc/>
    public override string ToString() => Exception is null ? Message : $"{Message}{Environment.NewLine}{Exception}";
}
