namespace EventDrivenActors.TestKit;

/// <summary>A failure that was not observed; a test that ends with one fails.</summary>
/// <param name="Message">What went wrong, as a sentence.</param>
/// <param name="Exception">The failure, if it was one.</param>
public sealed record KitFinding(string Message, Exception? Exception = null)
{
    /// <inheritdoc/>
    public override string ToString() => Exception is null ? Message : $"{Message}{Environment.NewLine}{Exception}";
}
