namespace EventDrivenActors.Wire.Channel;

/// <summary>The signals that an envelope carries besides its records.</summary>
[Flags]
internal enum EnvelopeFlags : byte
{
    None = 0,

    /// <summary>
    /// The first envelope of an end: its half of the link works. A second one says that Akka has introduced the ends.
    /// </summary>
    Hello = 1,

    /// <summary>The sender wants everything acknowledged at once, because it is about to leave.</summary>
    Acknowledge = 2,
}
