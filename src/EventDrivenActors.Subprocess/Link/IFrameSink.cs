namespace EventDrivenActors.Subprocess.Link;

/// <summary>What a connection calls from its reading thread; nothing here may block.</summary>
internal interface IFrameSink
{
    /// <summary>Takes one frame, and owns its payload.</summary>
    void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>Says once, after the last frame, why there are no more.</summary>
    void OnEnd(string reason);
}
