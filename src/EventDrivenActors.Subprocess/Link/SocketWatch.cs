using System.Net.Sockets;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Waits until a socket can be read. One of the threads that wait is let go, and the next one not before <see cref="Next"/>.</summary>
/// <remarks>The socket is disposed of with it, because a thread that still waits would not hear of that.</remarks>
internal abstract class SocketWatch(Socket socket) : IDisposable
{
    /// <summary>How many threads may wait at once.</summary>
    public abstract int Places { get; }

    /// <summary>Watches a socket for as many threads as the system can keep apart.</summary>
    public static SocketWatch Of(Socket socket) => EpollWatch.TryWatch(socket) ?? (SocketWatch)new PollWatch(socket);

    /// <summary>Waits. Returns too when the socket is disposed of, then also on several threads.</summary>
    public abstract void Wait();

    /// <summary>Lets the next thread go when there is something to read, or is already.</summary>
    public abstract void Next();

    /// <summary>Lets all go, from now on.</summary>
    public abstract void LetGo();

    public virtual void Dispose() => socket.Dispose();

    /// <summary>Where the system would wake every thread that waits: there is one only.</summary>
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
            // Nobody waits while one reads.
        }
    }
}
