using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// The bytes of one end of a link, both ways. Nothing here blocks but <see cref="AwaitRoom"/>. Any thread, but one at a
/// time sends, and one receives.
/// </summary>
internal abstract class LinkStream : IDisposable
{
    /// <summary>Sends as much as there is room for.</summary>
    /// <param name="bytes">The bytes to send.</param>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> where there was no room for any of it; anything but
    /// that and success where the stream has ended.</param>
    /// <returns>How many bytes have left.</returns>
    public abstract int Send(ReadOnlySpan<byte> bytes, out SocketError error);

    /// <summary>Receives what is there.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> where nothing is there yet.</param>
    /// <returns>How many bytes have come; 0 without an error when the other end has sent its last.</returns>
    public abstract int Receive(Span<byte> target, out SocketError error);

    /// <summary>
    /// Blocks the calling thread until there is room to send, or the stream has ended. Called after a send that found
    /// none.
    /// </summary>
    public abstract void AwaitRoom();

    /// <summary>Reads whenever there is something to receive, and at the end of the stream. Called once.</summary>
    /// <param name="read">Reads what is there, one call at a time. False when there will be nothing more; then the
    /// stream is disposed of.</param>
    /// <param name="name">Of the threads that do so, where there are any.</param>
    public abstract void StartReading(Func<bool> read, string name);

    /// <summary>Ends both directions; the reader is told.</summary>
    public abstract void ShutDown();

    public abstract void Dispose();
}
