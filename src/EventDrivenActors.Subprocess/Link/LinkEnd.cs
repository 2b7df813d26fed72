namespace EventDrivenActors.Subprocess.Link;

/// <summary>The end of a connection, as its reader saw it; told to the link's actor at once, and so perhaps before the last envelopes.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="IsBreach">Whether the other end broke a rule.</param>
/// <param name="Envelopes">How many envelopes were passed on to Akka.</param>
internal sealed record LinkEnd(string Reason, bool IsBreach, long Envelopes);
