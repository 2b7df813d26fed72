using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Transport;
using Microsoft.Win32.SafeHandles;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The child's end of the memory that it shares with its parent: a call is marked before user code runs for it, and the
/// mark outlives the child.
/// </summary>
/// <remarks>A mark costs one store. Any thread.</remarks>
internal sealed unsafe partial class StartMarks
{
    private const int ReadAndWrite = 3;
    private const int Shared = 1;
    private readonly Lock? _gate;
    private readonly int _slots;

    // Set once, before any mark.
    private long* _words;
    private nuint _length;

    // Under _gate.
    private bool _closed;

    private StartMarks(int slots, bool closes)
    {
        _slots = slots;
        _gate = closes ? new Lock() : null;
    }

    /// <summary>Marks nothing: the parent then does not know what has started.</summary>
    public static StartMarks None { get; } = new(0, closes: false);

    /// <summary>Opens the page of a start message. A page that is not there marks nothing.</summary>
    /// <param name="start">The parent's start message.</param>
    /// <param name="closes">Whether it will be closed; the page of a process ends with the process.</param>
    public static StartMarks Open(StartMessage start, bool closes = false)
    {
        if (start.StartPage.Length > 0)
        {
            try
            {
                StartMarks opened = new(start.Slots, closes);
                opened.Map(start.StartPage);
                opened.Set(StartPage.InUse, 1);
                return opened;
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
            {
                // The parent finds the page unused.
            }
        }

        return closes ? new StartMarks(0, closes) : None;
    }

    /// <summary>Marks that a call starts.</summary>
    /// <returns>False when the child counts as dead: the call must not start.</returns>
    public bool TrySet(int slot, long call)
    {
        if (_gate is null)
        {
            SetSlot(slot, call);
            return true;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                SetSlot(slot, call);
            }

            return !_closed;
        }
    }

    /// <summary>Takes a mark back: no user code runs for the call, which has not started.</summary>
    public void Clear(int slot) => TrySet(slot, 0);

    /// <summary>
    /// Says which call is being taken in, by its place among all that the child was sent; 0 for none.
    /// </summary>
    public void Arriving(long place)
    {
        if (_slots == 0)
        {
            return;
        }

        if (_gate is null)
        {
            Set(StartPage.Arriving, place);
            return;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                Set(StartPage.Arriving, place);
            }
        }
    }

    /// <summary>From now on nothing starts, as if the process had ended.</summary>
    public void Close()
    {
        if (_gate is null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_closed && _length > 0 && !OperatingSystem.IsWindows())
            {
                _ = Unmap(_words, _length);
            }

            _closed = true;
        }
    }

    private void SetSlot(int slot, long call)
    {
        if ((uint)slot < (uint)_slots)
        {
            Set(StartPage.FirstSlot + slot, call);
        }
    }

    private void Set(int word, long value) => Volatile.Write(ref _words[word], value);

    private void Map(string path)
    {
        using SafeFileHandle file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete
        );
        nuint length = (nuint)StartPage.LengthOf(_slots);
        if (OperatingSystem.IsWindows())
        {
            // Both stay open until the process ends.
            MemoryMappedFile mapped = MemoryMappedFile.CreateFromFile(
                file,
                null,
                0,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: true
            );
            byte* start = null;
            mapped.CreateViewAccessor().SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            _words = (long*)start;
            return;
        }

        nint words = Map(null, length, ReadAndWrite, Shared, file, 0);
        if (words == -1)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        _words = (long*)words;
        _length = length;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(
        void* address,
        nuint length,
        int protection,
        int flags,
        SafeHandle file,
        nint offset
    );

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
