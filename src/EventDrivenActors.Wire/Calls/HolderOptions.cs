using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Calls;

/// <summary>The codecs and limits of the half that runs calls, as its process sets them.</summary>
internal sealed record HolderOptions
{
    public required PayloadCodec Codec { get; init; }

    public required EventPayloadCodec Events { get; init; }

    /// <summary>How long reading a call's arguments may take, when that may run user code.</summary>
    public required TimeSpan ReadTimeout { get; init; }

    /// <summary>The clock of the link.</summary>
    public required TimeProvider LinkTime { get; init; }

    /// <summary>Makes the exception that a handler gets for what cannot cross, of a message and a cause.</summary>
    public required Func<string, Exception, Exception> Refuse { get; init; }

    /// <summary>
    /// Makes the reason of a holder that fails because its actor system ended while a call ran, of the event's key and
    /// the call's failure.
    /// </summary>
    public required Func<object, Exception, Exception> SystemEnded { get; init; }

    /// <summary>Ends the holder: it cannot tell how a call has ended.</summary>
    public required Action<Exception> Fail { get; init; }
}
