using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// The child's tie to its parent: its own session, the start message from stdin, and the end of its process group when
/// stdin ends.
/// </summary>
internal static class ParentWatch
{
    private const int Input = 0;

    /// <summary>
    /// How long a child that has lost its link waits for stdin to end, which ends its group as well. Normally that
    /// takes microseconds.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The first thing a child does. Leads an own session, reads the start message, and from then on dies with its
    /// parent.
    /// </summary>
    /// <param name="maximumLength">The longest start message that is accepted.</param>
    /// <param name="cleanUp">Removes what a parent that has died could not; gets the start message, and must be
    /// quick.</param>
    /// <exception cref="EndOfStreamException">stdin ended before the message did: nobody started this process as a
    /// child.</exception>
    public static byte[] Begin(int maximumLength, Action<byte[]> cleanUp)
    {
        if (OperatingSystem.IsWindows())
        {
            return BeginWithoutGroup(maximumLength, cleanUp);
        }

        if (Native.SetSid() < 0 && Native.GetProcessGroup() != Environment.ProcessId)
        {
            throw new InvalidOperationException(
                $"The child could not lead its own session (error {Marshal.GetLastPInvokeError()}); start it as a "
                    + "child."
            );
        }

        byte[] message = ReadMessage(buffer => ReadInput(Input, buffer), maximumLength);
        int pipe = Native.Fcntl(Input, Native.DuplicateCloseOnExec, 3);
        int nothing = Native.Open("/dev/null", Native.ReadWrite);
        // Handlers' own subprocesses inherit descriptor 0, and must neither read nor hold the pipe to the parent.
        if (pipe < 0 || nothing < 0 || Native.Duplicate(nothing, Input) < 0)
        {
            throw new IOException(
                $"The child could not set stdin aside (error {Marshal.GetLastPInvokeError()}); raise the limit of "
                    + "open files."
            );
        }

        Native.Close(nothing);
        StartWatching(() => ReadInput(pipe, new byte[1]), () => cleanUp(message), KillGroup);
        return message;
    }

    private static byte[] BeginWithoutGroup(int maximumLength, Action<byte[]> cleanUp)
    {
        Stream input = Console.OpenStandardInput();
        byte[] message = ReadMessage(buffer => input.Read(buffer.Span), maximumLength);
        StartWatching(() => input.Read(new byte[1]), () => cleanUp(message), () => Environment.FailFast(null));
        return message;
    }

    private static void StartWatching(Func<int> read, Action cleanUp, Action end) =>
        new Thread(
            () =>
            {
                while (read() > 0)
                {
                    // The parent writes nothing after the start message; if it did, that would only show that it lives.
                }
                try
                {
                    cleanUp();
                }
                finally
                {
                    end();
                }
            },
            128 * 1024
        )
        {
            IsBackground = true,
            Name = "parent-watch",
        }.Start();

    private static void KillGroup()
    {
        // A group that this process does not lead is the parent's own: never signal that one.
        Native.Kill(Native.GetProcessGroup() == Environment.ProcessId ? 0 : Environment.ProcessId, Native.SigKill);
    }

    private static byte[] ReadMessage(Func<Memory<byte>, int> read, int maximumLength)
    {
        byte[] header = new byte[sizeof(int)];
        Fill(read, header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > maximumLength)
        {
            throw new InvalidDataException(
                $"The start message claims '{length}' bytes, and at most '{maximumLength}' are believed."
            );
        }

        byte[] message = new byte[length];
        Fill(read, message);
        return message;
    }

    private static void Fill(Func<Memory<byte>, int> read, Memory<byte> target)
    {
        while (!target.IsEmpty)
        {
            int count = read(target);
            if (count <= 0)
            {
                throw new EndOfStreamException(
                    "stdin ended before the start message did; this program is started only as a child of its "
                        + "application."
                );
            }

            target = target[count..];
        }
    }

    private static unsafe int ReadInput(int descriptor, Memory<byte> target)
    {
        const int interrupted = 4;
        fixed (byte* start = target.Span)
        {
            nint read;
            do
            {
                read = Native.Read(descriptor, start, target.Length);
            } while (read < 0 && Marshal.GetLastPInvokeError() == interrupted);
            return (int)read;
        }
    }
}
