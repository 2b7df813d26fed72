namespace EventDrivenActors.TestKit;

/// <summary>Something that went wrong and that nobody looked at; a test that ends with one fails.</summary>
/// <param name="Message">What it was, as a sentence.</param>
/// <param name="Exception">The failure, if it was one.</param>
public sealed record KitFinding(string Message, Exception? Exception = null)
{
    /// <inheritdoc/>
    public override string ToString() => Exception is null ? Message : $"{Message}{Environment.NewLine}{Exception}";
}
