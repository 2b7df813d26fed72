using System.Runtime.CompilerServices;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Crashes;

/// <summary>Handlers that crash at one point each.</summary>
internal static class BombHandlers
{
    public static void Map(MappingBlueprint mapping) =>
        mapping
            .On(nameof(CrashPoint.ReadingArgument), ReadArgument)
            .On(nameof(CrashPoint.Running), Run)
            .On(nameof(CrashPoint.WritingResult), WriteResult)
            .On(nameof(CrashPoint.Finalizer), LeaveToFinalizer)
            .On("no note", () => 1)
            .On("bad result", BadResult);

    /// <summary>The arguments of the event that crashes at a point.</summary>
    public static object?[] Arguments(CrashPoint point, long id, CrashKind kind) =>
        point == CrashPoint.ReadingArgument
            ? [id, new Dictionary<BombKey, int> { [new(kind, InChild: true)] = 1 }]
            : [id, kind];

    /// <summary>Gives a result that crashes its reader in the parent.</summary>
    public static Dictionary<BombKey, int> BadResult(long id, CrashKind kind) =>
        Noted(id, () => new Dictionary<BombKey, int> { [new(kind, InChild: false)] = 1 });

    private static long ReadArgument(long id, Dictionary<BombKey, int> bombs) =>
        Noted(id, () => bombs.Count == 1 ? id : 0);

    private static long Run(long id, CrashKind kind) =>
        Noted(
            id,
            () =>
            {
                Crash.Now(kind);
                return id;
            }
        );

    private static Dictionary<string, int> WriteResult(long id, CrashKind kind) =>
        Noted(id, () => new Dictionary<string, int>(new BombComparer(kind)) { [""] = 1 });

    private static long LeaveToFinalizer(long id, CrashKind kind) =>
        Noted(
            id,
            () =>
            {
                Drop(kind);
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return id;
            }
        );

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(CrashKind kind) => GC.KeepAlive(new BombFinalizer(kind));

    private static T Noted<T>(long id, Func<T> body)
    {
        Notebook.Write(NoteKind.Begin, id, Session.Current.Attempt);
        try
        {
            return body();
        }
        finally
        {
            Notebook.Write(NoteKind.End, id, Session.Current.Attempt);
        }
    }
}
