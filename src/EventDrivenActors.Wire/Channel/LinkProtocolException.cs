namespace EventDrivenActors.Wire.Channel;

/// <summary>The other end broke a rule of the protocol; the link cannot go on.</summary>
internal sealed class LinkProtocolException(string message) : Exception(message);
