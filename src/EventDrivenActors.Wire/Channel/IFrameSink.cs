namespace EventDrivenActors.Wire.Channel;

/// <summary>The callbacks of a connection, from its reading thread; they must not block.</summary>
internal interface IFrameSink
{
    /// <summary>Takes one frame; its payload is valid during the call only.</summary>
    /// <exception cref="LinkProtocolException">It breaks a rule; the connection ends.</exception>
    void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// Says once, after the last frame, why there are no more, and whether it was because the other end broke a rule.
    /// </summary>
    void OnEnd(string reason, bool isBreach);
}
