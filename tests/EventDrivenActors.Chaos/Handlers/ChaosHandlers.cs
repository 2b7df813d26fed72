using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Handlers;

/// <summary>What the children of a chaos run do. Each notes its begin first and its end last.</summary>
internal static class ChaosHandlers
{
    public static void Map(MappingBlueprint mapping) =>
        mapping
            .On(ControllerEvents.WorkerPrepare, () => Notebook.Write(NoteKind.Child, 0, 0))
            .On("work", WorkAsync)
            .On("work-again", WorkAsync)
            .On("throw", Throw)
            .On("obey", ObeyAsync)
            .On("ignore", IgnoreAsync)
            .On("flood", Flood)
            .On("exit", Exit)
            .On("exit-again", Exit);

    /// <summary>Takes so many milliseconds; gives its number.</summary>
    public static async Task<long> WorkAsync(long id, int milliseconds)
    {
        int attempt = Session.Current.Attempt;
        Notebook.Write(NoteKind.Begin, id, attempt);
        if (milliseconds > 0)
        {
            await Task.Delay(milliseconds);
        }

        Notebook.Write(NoteKind.End, id, attempt);
        return id;
    }

    public static long Throw(long id)
    {
        Notebook.Write(NoteKind.Begin, id, Session.Current.Attempt);
        Notebook.Write(NoteKind.End, id, Session.Current.Attempt);
        throw new InvalidOperationException($"The handler of event {id} throws on purpose.");
    }

    public static async Task<long> ObeyAsync(Session session, long id)
    {
        int attempt = session.Attempt;
        Notebook.Write(NoteKind.Begin, id, attempt);
        try
        {
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
            return id;
        }
        finally
        {
            Notebook.Write(NoteKind.End, id, attempt);
        }
    }

    public static async Task<long> IgnoreAsync(long id)
    {
        Notebook.Write(NoteKind.Begin, id, Session.Current.Attempt);
        await new TaskCompletionSource().Task;
        return id;
    }

    /// <summary>Writes so many mebibytes to the standard output, with or without line ends.</summary>
    public static long Flood(long id, int mebibytes, bool breaks)
    {
        Notebook.Write(NoteKind.Begin, id, Session.Current.Attempt);
        byte[] block = new byte[1024 * 1024];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = breaks && i % 128 == 127 ? (byte)'\n' : (byte)'x';
        }

        using Stream output = Console.OpenStandardOutput();
        for (int written = 0; written < mebibytes; written++)
        {
            output.Write(block);
        }

        if (!breaks)
        {
            output.Write("\n"u8);
        }

        Notebook.Write(NoteKind.End, id, Session.Current.Attempt);
        return id;
    }

    public static long Exit(long id, int code)
    {
        Notebook.Write(NoteKind.Begin, id, Session.Current.Attempt);
        Environment.Exit(code);
        return id;
    }
}
