using System.Buffers.Binary;
using System.Globalization;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Transport;

/// <summary>
/// Removes the socket folders of parents that were killed while a child of theirs was being started. Linux only.
/// </summary>
/// <remarks>
/// A folder is removed only where its parent has certainly ended: it belongs to this user, its name says that it was
/// made where process numbers mean the same (the same boot of the same machine and the same namespace), and there is no
/// such process, or one that started at another time.
/// </remarks>
internal static class StaleFolders
{
    private const int NoFollow = 0x100;
    private const int CurrentFolder = -100;
    private const uint OwnerAndMode = 0x2 | 0x8;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const ushort FolderOfOwner = 0x4000 | 0b111_000_000;
    private const int StatSize = 256;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Task> Swept = [];

    /// <summary>The name of a folder, but for the part that makes it unique.</summary>
    public static string NameOf(int processId, long start, uint place) =>
        string.Create(CultureInfo.InvariantCulture, $"eda-{processId}-{start:x}-{place:x}");

    /// <summary>Sweeps where sockets are made, once in the life of this process; never throws.</summary>
    public static Task SweepOnceAsync(string root)
    {
        lock (Gate)
        {
            if (!Swept.TryGetValue(root, out Task? sweeping))
            {
                Swept.Add(root, sweeping = Task.Run(() => Sweep(root)));
            }

            return sweeping;
        }
    }

    /// <summary>Removes what is certainly left over; never throws.</summary>
    public static void Sweep(string root)
    {
        if (ProcessStamp.Place == 0)
        {
            return;
        }

        try
        {
            foreach (string folder in Directory.EnumerateDirectories(root, "eda-*"))
            {
                if (IsStale(folder))
                {
                    Remove(folder);
                }
            }
        }
        catch (Exception reason)
            when (reason is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            // Another process sweeps as well, or the folder cannot be listed: nothing depends on it.
        }
    }

    private static bool IsStale(string folder) =>
        Path.GetFileName(folder).Split('-') is [_, var id, var begun, var place, _]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
        && long.TryParse(begun, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long start)
        && uint.TryParse(place, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint where)
        && where == ProcessStamp.Place
        && processId > 0
        && ProcessStamp.HasEnded(processId, start)
        && BelongsToUser(folder);

    /// <summary>
    /// Another user must not make us remove something, by a link or by a folder that that user can change.
    /// </summary>
    private static bool BelongsToUser(string folder)
    {
        Span<byte> found = stackalloc byte[StatSize];
        return Native.Stat(CurrentFolder, folder, NoFollow, OwnerAndMode, found) == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(found[OwnerAt..]) == Native.GetEffectiveUserId()
            && BinaryPrimitives.ReadUInt16LittleEndian(found[ModeAt..]) == FolderOfOwner;
    }

    private static void Remove(string folder)
    {
        foreach (string socket in Directory.EnumerateFiles(folder))
        {
            File.Delete(socket);
        }

        Directory.Delete(folder);
    }
}
