using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>The acts of handlers that wait.</summary>
internal static class WaitingActs
{
    public static async Task DoAsync(Session session, Work work, Act act)
    {
        Scene scene = Scene.Current;
        switch (act.Kind)
        {
            case ActKind.Yield:
                await Task.Yield();
                break;
            case ActKind.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(act.Amount), scene.Time, session.CancellationToken);
                break;
            case ActKind.Deaf:
                await Task.Delay(TimeSpan.FromMilliseconds(act.Amount), scene.Time, CancellationToken.None);
                break;
            case ActKind.Call:
                await CallAsync(scene, session, work, act);
                break;
            case ActKind.WaitIdle:
                await WaitAsync(scene, session, work, act, target => target.WaitForIdleAsync(CancellationToken.None));
                break;
            case ActKind.WaitEnd:
                await WaitAsync(scene, session, work, act, target => target.WaitAsync(CancellationToken.None));
                break;
        }
    }

    /// <summary>Continues when its event has ended, and must not see a session then.</summary>
    public static async Task GoOnLaterAsync(Work work, int milliseconds)
    {
        Scene scene = Scene.Current;
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), scene.Time, CancellationToken.None);
        if (Session.Current is { IsActive: true } met && SimHandlers.WorkOf(met)?.Event != work.Event)
        {
            scene.Broken("P2", $"What the handler of #{work.Id} has left behind sees the session of '{met.Event}'.");
        }
    }

    private static async Task CallAsync(Scene scene, Session session, Work work, Act act)
    {
        IController target = act.Node < 0 ? session.Pool ?? session.Self : scene.Nodes[act.Node];
        int node = act.Node < 0 ? scene.NodeOf(session) : act.Node;
        AwaitForm form = (AwaitForm)act.Amount;
        int token = scene.NextToken();
        Work inner = act.Inner! with { Event = scene.NextEvent() };
        scene.Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = NoteKind.WaitBegun,
                Node = node,
                Worker = session.WorkerIndex,
                Event = work.Event,
                Work = work.Id,
                Key = act.Key,
                Token = token,
                Text = $"{form}",
                Count = inner.Event,
            }
        );
        string how = "ended";
        try
        {
            await AwaitAsync(scene, target, node, act.Key, inner, form);
        }
        catch (Exception exception)
        {
            how = Scene.Say(exception);
        }

        scene.Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = NoteKind.WaitEnded,
                Node = node,
                Worker = session.WorkerIndex,
                Event = work.Event,
                Work = work.Id,
                Key = act.Key,
                Token = token,
                Text = how,
                Count = inner.Event,
            }
        );
    }

    private static async Task AwaitAsync(
        Scene scene,
        IController target,
        int node,
        string key,
        Work inner,
        AwaitForm form
    )
    {
        switch (form)
        {
            case AwaitForm.Room:
                await Offers.Accepted(
                    scene,
                    node,
                    key,
                    inner,
                    await target.DispatchAsync(key, Cargo.Make(inner.Cargo), args: [inner]),
                    "Handler"
                );
                return;
            case AwaitForm.Submitted:
                await Offers.Accepted(
                    scene,
                    node,
                    "submit",
                    inner,
                    target.Submit(SimHandlers.SubmittedAsync, inner),
                    "Handler"
                );
                return;
        }

        Pending pending = Offers.Accepted(
            scene,
            node,
            key,
            inner,
            target.Dispatch(key, Cargo.Make(inner.Cargo), args: [inner]),
            "Handler"
        );
        switch (form)
        {
            case AwaitForm.NoContext:
                await pending.ConfigureAwait(false);
                break;
            case AwaitForm.AsTask:
                await pending.AsTask();
                break;
            case AwaitForm.WhenAll:
                await Task.WhenAll(pending.AsTask(), Task.CompletedTask);
                break;
            case AwaitForm.SettledAsync:
                await pending.SettledAsync();
                break;
            case AwaitForm.Block when scene.IsReal:
                pending.GetAwaiter().GetResult();
                break;
            case AwaitForm.BlockOther when scene.IsReal:
                ((IAsyncResult)Task.Run(async () => await pending)).AsyncWaitHandle.WaitOne();
                break;
            case AwaitForm.InnerTask:
                await Task.Run(async () => await pending);
                break;
            default:
                await pending;
                break;
        }
    }

    private static async Task WaitAsync(Scene scene, Session session, Work work, Act act, Func<IController, Task> wait)
    {
        IController target = act.Node < 0 ? session.Pool ?? session.Self : scene.Nodes[act.Node];
        int node = act.Node < 0 ? scene.NodeOf(session) : act.Node;
        int token = scene.NextToken();
        scene.Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = NoteKind.WaitBegun,
                Node = node,
                Worker = session.WorkerIndex,
                Event = work.Event,
                Work = work.Id,
                Token = token,
                Text = $"{act.Kind}",
            }
        );
        string how = "ended";
        try
        {
            await wait(target);
        }
        catch (Exception exception)
        {
            how = Scene.Say(exception);
        }

        scene.Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = NoteKind.WaitEnded,
                Node = node,
                Worker = session.WorkerIndex,
                Event = work.Event,
                Work = work.Id,
                Token = token,
                Text = how,
            }
        );
    }
}
