namespace AssemblyCensus.Reporting;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">Left of the bar.</param>
/// <param name="Value">Its length, not negative.</param>
/// <param name="Text">The value as it is shown.</param>
internal sealed record Bar(string Label, double Value, string Text);
