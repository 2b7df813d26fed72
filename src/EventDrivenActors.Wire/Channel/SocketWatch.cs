using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// Waits until a socket can be read. One of the waiting threads is released, and the next one only by
/// <see cref="Next"/>.
/// </summary>
/// <remarks>The socket is disposed of with it, because a thread that still waits would not hear of that.</remarks>
internal abstract class SocketWatch(Socket socket) : IDisposable
{
    /// <summary>How many threads may wait at once.</summary>
    public abstract int Places { get; }

    /// <summary>Watches a socket, for as many threads as the system can wake one by one.</summary>
    public static SocketWatch Of(Socket socket) => EpollWatch.TryWatch(socket) ?? (SocketWatch)new PollWatch(socket);

    /// <summary>Waits. Also returns when the socket is disposed of, then on several threads at once.</summary>
    public abstract void Wait();

    /// <summary>Releases the next thread as soon as there is something to read.</summary>
    public abstract void Next();

    /// <summary>Releases all threads, from now on.</summary>
    public abstract void LetGo();

    public virtual void Dispose() => socket.Dispose();

    /// <summary>For systems that would wake every waiting thread: only one thread waits.</summary>
    private sealed class PollWatch(Socket socket) : SocketWatch(socket)
    {
        private readonly Socket _watched = socket;

        public override int Places => 1;

        public override void Wait()
        {
            try
            {
                _watched.Poll(-1, SelectMode.SelectRead);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The next read finds out.
            }
        }

        public override void Next()
        {
            // The waiting thread looks at the socket itself.
        }

        public override void LetGo()
        {
            // No other thread waits while one reads.
        }
    }
}
