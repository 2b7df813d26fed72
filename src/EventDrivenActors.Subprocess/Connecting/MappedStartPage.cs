using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Calls;
using Microsoft.Win32.SafeHandles;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>The child's end of a <see cref="StartPage"/>, as memory that it shares with its parent.</summary>
internal static unsafe partial class MappedStartPage
{
    private const int ReadAndWrite = 3;
    private const int Shared = 1;

    /// <summary>Opens the page of a start message. A page that is not there marks nothing.</summary>
    /// <param name="start">The parent's start message.</param>
    /// <param name="closes">Whether it will be closed; the page of a process ends with the process.</param>
    public static StartMarks Open(StartMessage start, bool closes = false)
    {
        if (start.StartPage.Length > 0)
        {
            try
            {
                return Open(start.StartPage, start.Slots, closes);
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
            {
                // The parent finds the page unused.
            }
        }

        return closes ? new StartMarks(0, null, null, closes) : StartMarks.None;
    }

    private static StartMarks Open(string path, int slots, bool closes)
    {
        nuint length = (nuint)StartPage.LengthOf(slots);
        long* words = Map(path, length);
        Volatile.Write(ref words[StartPage.InUse], 1);
        return new StartMarks(
            slots,
            words + StartPage.FirstSlot,
            words + StartPage.Arriving,
            closes,
            closes && !OperatingSystem.IsWindows() ? () => _ = Unmap(words, length) : null
        );
    }

    private static long* Map(string path, nuint length)
    {
        using SafeFileHandle file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete
        );
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
            return (long*)start;
        }

        nint words = Map(null, length, ReadAndWrite, Shared, file, 0);
        return words != -1 ? (long*)words : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
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
