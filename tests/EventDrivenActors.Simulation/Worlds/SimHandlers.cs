using System.Globalization;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// The handlers and hooks of all programs; each does the <see cref="Work"/> of its event. They are static, so they run
/// in children as well.
/// </summary>
internal static class SimHandlers
{
    private const string Separator = "~";
    private static readonly AsyncLocal<int> Taint = new();
    private static readonly CultureInfo Foreign = MakeForeign();

    /// <summary>A handler of a shape.</summary>
    public static Delegate Of(HandlerShape shape) =>
        shape switch
        {
            HandlerShape.Sync => Sync,
            HandlerShape.Task => ActAsync,
            HandlerShape.ValueTask => ActValueAsync,
            _ => ActNested,
        };

    public static object? Sync(Session session, Work work)
    {
        Begin(session, work, nameof(HandlerShape.Sync));
        try
        {
            foreach (Act act in work.Acts)
            {
                DoNow(session, work, act);
            }

            Scene.Current.Add(NoteKind.Ended, session, work, "Returned");
            return Result(work);
        }
        catch (Exception exception)
        {
            Scene.Current.Add(NoteKind.Ended, session, work, $"Threw {Scene.Say(exception)}");
            throw;
        }
    }

    public static Task<object?> ActAsync(Session session, Work work) =>
        RunAsync(session, work, nameof(HandlerShape.Task));

    public static async ValueTask<object?> ActValueAsync(Session session, Work work) =>
        await RunAsync(session, work, nameof(HandlerShape.ValueTask));

    public static async Task<Task<object?>> ActNested(Session session, Work work)
    {
        await Task.Yield();
        return RunAsync(session, work, nameof(HandlerShape.Nested));
    }

    /// <summary>A submitted function.</summary>
    public static Task<object?> SubmittedAsync(Work work) => RunAsync(Session.Current, work, "Submitted");

    /// <summary>A second handler of a key.</summary>
    public static string Second(Session session) => "second";

    /// <summary>The before hook, whose effect depends on the key.</summary>
    public static void Before(Session session)
    {
        if (WorkOf(session) is not { } work)
        {
            return;
        }

        switch (Scene.Current.KeyOf(session)?.Before)
        {
            case HookKind.SkipsEven when work.Id % 2 == 0:
                session.Skip();
                break;
            case HookKind.ThrowsThird when work.Id % 3 == 0:
                throw new InvalidOperationException($"The before hook refuses #{work.Id}.");
        }
    }

    public static async Task AfterAsync(Session session)
    {
        if (Scene.Current.KeyOf(session)?.After == true)
        {
            await Task.Yield();
        }
    }

    /// <summary>The work of an event, wherever it travels.</summary>
    public static Work? WorkOf(Session session) =>
        session.Value as Work ?? session.Args.OfType<Work>().FirstOrDefault();

    private static object? Result(Work work) => work.Cargo < 0 ? work.Id : Cargo.Make(work.Cargo);

    private static async Task<object?> RunAsync(Session session, Work work, string shape)
    {
        Begin(session, work, shape);
        using CancellationTokenRegistration fired = session.CancellationToken.UnsafeRegister(
            _ => Scene.Current.Add(NoteKind.TokenFired, session, work),
            null
        );
        try
        {
            foreach (Act act in work.Acts)
            {
                if (!DoNow(session, work, act))
                {
                    await WaitingActs.DoAsync(session, work, act);
                }
            }

            Scene.Current.Add(NoteKind.Ended, session, work, "Returned");
            return Result(work);
        }
        catch (Exception exception)
        {
            Scene.Current.Add(NoteKind.Ended, session, work, $"Threw {Scene.Say(exception)}");
            throw;
        }
    }

    private static void Begin(Session session, Work work, string shape)
    {
        Scene scene = Scene.Current;
        scene.Add(NoteKind.Started, session, work, shape);
        RealFaults.Meet(scene, scene.NodeOf(session));
        if (Taint.Value != 0)
        {
            scene.Broken(
                "P2",
                $"The handler of #{work.Id} meets the AsyncLocal that #{Taint.Value} has set.",
                scene.NodeOf(session)
            );
        }

        if (CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == Separator)
        {
            scene.Broken(
                "P2",
                $"The handler of #{work.Id} meets the culture that an earlier one has set.",
                scene.NodeOf(session)
            );
        }

        if (
            session.Value is not (Work or Submission)
            && Cargo.Describe(session.Value) is var arrived
            && arrived != Cargo.Describe(Cargo.Make(work.Cargo))
        )
        {
            scene.Broken(
                "P12",
                $"The value of #{work.Id} was '{Cargo.Describe(Cargo.Make(work.Cargo))}' and arrives as '{arrived}'.",
                scene.NodeOf(session)
            );
        }

        if (Session.Current != session)
        {
            scene.Broken(
                "P2",
                $"The ambient session of the handler of #{work.Id} is not its own.",
                scene.NodeOf(session)
            );
        }
    }

    /// <summary>Does an act that needs no waiting.</summary>
    /// <returns>False for an act that waits.</returns>
    private static bool DoNow(Session session, Work work, Act act)
    {
        Scene scene = Scene.Current;
        switch (act.Kind)
        {
            case ActKind.Throw:
                throw new InvalidOperationException($"#{work.Id} throws.");
            case ActKind.Skip:
                session.Skip();
                return true;
            case ActKind.Taint:
                Taint.Value = work.Id;
                CultureInfo.CurrentCulture = Foreign;
                return true;
            case ActKind.Report:
                session.Report(act.Amount);
                return true;
            case ActKind.Raise when session.Parent is { } parent:
                scene.Add(NoteKind.Offered, act.Inner!, scene.NodeOf(session), act.Key, "Raise");
                parent.Dispatch(act.Key, Cargo.Make(act.Inner!.Cargo), [act.Inner!]);
                return true;
            case ActKind.Send when session.Parent is null:
                Offers.Send(scene, act);
                return true;
            case ActKind.Stop when session.Parent is null:
                Offers.Stop(scene, session, act);
                return true;
            case ActKind.LeaveBehind:
                _ = WaitingActs.GoOnLaterAsync(work, act.Amount);
                return true;
            case ActKind.Raise or ActKind.Send or ActKind.Stop or ActKind.Exit:
                return true;
            case ActKind.Call or ActKind.WaitIdle or ActKind.WaitEnd when session.Parent is not null:
                return true;
            default:
                return false;
        }
    }

    private static CultureInfo MakeForeign()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = Separator;
        return culture;
    }
}
