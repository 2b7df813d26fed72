using System.Runtime.InteropServices;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Starts a program in a session of its own that inherits one descriptor and nothing else, which
/// <see cref="System.Diagnostics.Process"/> cannot.
/// </summary>
internal static unsafe class PosixSpawn
{
    /// <summary>More than any C library's opaque structures take.</summary>
    private const int Opaque = 1024;

    private const int GetDescriptorFlags = 1;
    private const int ClosesOnExec = 1;

    /// <summary>POSIX_SPAWN_SETSID, which has another number on macOS.</summary>
    private static short NewSession => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    /// <summary>Starts it.</summary>
    /// <param name="program">An absolute path.</param>
    /// <param name="arguments">The name first.</param>
    /// <param name="environment">All that it gets.</param>
    /// <param name="input">The descriptor that becomes its standard input; the other standard streams lead
    /// nowhere.</param>
    /// <param name="processId">The process; the caller reaps it.</param>
    public static bool TryStart(string program, string[] arguments, string[] environment, int input, out int processId)
    {
        processId = 0;
        byte* attributes = stackalloc byte[Opaque];
        byte* actions = stackalloc byte[Opaque];
        if (Native.MakeSpawnAttributes(attributes) != 0 || Native.MakeSpawnActions(actions) != 0)
        {
            return false;
        }

        byte** argumentTexts = Texts(arguments),
            environmentTexts = Texts(environment);
        try
        {
            return Native.SetSpawnFlags(attributes, NewSession) == 0
                && Native.AddSpawnDuplicate(actions, input, 0) == 0
                && Native.AddSpawnOpen(actions, 1, "/dev/null", Native.ReadWrite, 0) == 0
                && Native.AddSpawnOpen(actions, 2, "/dev/null", Native.ReadWrite, 0) == 0
                && Inherited().All(descriptor => Native.AddSpawnClose(actions, descriptor) == 0)
                && Native.Spawn(out processId, program, actions, attributes, argumentTexts, environmentTexts) == 0;
        }
        finally
        {
            Free(argumentTexts);
            Free(environmentTexts);
            _ = Native.FreeSpawnActions(actions);
            _ = Native.FreeSpawnAttributes(attributes);
        }
    }

    /// <summary>
    /// The descriptors that a program started now would get, as those that this process has from its own parent. .NET's
    /// own are not among them.
    /// </summary>
    private static IEnumerable<int> Inherited()
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries("/dev/fd")
                    .Select(path => int.TryParse(Path.GetFileName(path), out int number) ? number : 0)
                    .Where(number =>
                        number > 2
                        && Native.Fcntl(number, GetDescriptorFlags, 0) is >= 0 and var flags
                        && (flags & ClosesOnExec) == 0
                    ),
            ];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static byte** Texts(string[] texts)
    {
        byte** all = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (int at = 0; at < texts.Length; at++)
        {
            all[at] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[at]);
        }

        return all;
    }

    private static void Free(byte** texts)
    {
        for (int at = 0; texts[at] is not null; at++)
        {
            Marshal.FreeCoTaskMem((nint)texts[at]);
        }

        NativeMemory.Free(texts);
    }
}
