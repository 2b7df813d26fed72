using System.Runtime.InteropServices;
using EventDrivenActors.Wire.Calls;
using Microsoft.Win32.SafeHandles;

namespace EventDrivenActors.Subprocess.Transport;

/// <summary>
/// The parent's end of the memory in which a child marks each call before it starts it (<c>StartMarks</c>): made
/// before the child, read after its death.
/// </summary>
/// <remarks>
/// Words of 8 bytes: whether the child has the page, at <see cref="Arriving"/> the call that it is just taking in, from
/// <see cref="FirstSlot"/> on a slot for each call that may be in flight. The parent only reads it as a file: mapped, a
/// child that cuts the file short would take its parent along.
/// </remarks>
internal sealed partial class StartPage : IDisposable
{
    public const int InUse = 0;

    /// <summary>On a line of the processor's cache that no slot shares.</summary>
    public const int Arriving = 8;

    public const int FirstSlot = 16;

    private const string FileEnding = ".starts";
    private const uint CloseOnExec = 1;
    private readonly SafeFileHandle _file;
    private readonly int _slots;

    private StartPage(string path, SafeFileHandle file, int slots)
    {
        Path = path;
        _file = file;
        _slots = slots;
    }

    /// <summary>Where the child, once it is started, finds it.</summary>
    public string Path { get; }

    /// <summary>Makes a page in memory where the system can, else as a file beside the child's socket.</summary>
    /// <exception cref="IOException">It cannot be made, for want of memory, room on the disk, or
    /// descriptors.</exception>
    public static StartPage Create(string socketPath, int slots) =>
        OperatingSystem.IsLinux() ? CreateInMemory(slots) : CreateFile(FileOf(socketPath), slots);

    /// <summary>Makes one of a file that others remove.</summary>
    public static StartPage CreateFile(string path, int slots) =>
        Fill(
            path,
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete),
            slots
        );

    /// <summary>The file of the child with that socket, where it is one.</summary>
    public static string FileOf(string socketPath) => socketPath + FileEnding;

    /// <summary>How many bytes a page of so many slots has.</summary>
    public static int LengthOf(int slots) => (FirstSlot + slots) * sizeof(long);

    /// <summary>The marks that the child, which has died, left in it; null when it never had it.</summary>
    public StartRecord? Read()
    {
        long[] words = new long[FirstSlot + _slots];
        try
        {
            return
                RandomAccess.Read(_file, MemoryMarshal.AsBytes(words.AsSpan()), 0) == LengthOf(_slots)
                && words[InUse] != 0
                ? new StartRecord(words.AsMemory(FirstSlot), words[Arriving])
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static StartPage CreateInMemory(int slots)
    {
        SafeFileHandle file = MakeMemoryFile("eda-starts", CloseOnExec);
        if (file.IsInvalid)
        {
            string reason = Marshal.GetLastPInvokeErrorMessage();
            file.Dispose();
            throw new IOException(reason);
        }

        return Fill($"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}", file, slots);
    }

    /// <summary>
    /// Really written, so that a full disk fails here and not, as a signal, the child that marks a start.
    /// </summary>
    private static StartPage Fill(string path, SafeFileHandle file, int slots)
    {
        try
        {
            RandomAccess.Write(file, new byte[LengthOf(slots)], 0);
            return new StartPage(path, file, slots);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        StringMarshalling = StringMarshalling.Utf8,
        SetLastError = true
    )]
    private static partial SafeFileHandle MakeMemoryFile(string name, uint flags);
}
