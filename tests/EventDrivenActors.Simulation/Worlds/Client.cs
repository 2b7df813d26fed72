using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Runs one client's script.</summary>
internal sealed class Client(Scene scene, ClientSpec spec, IWorldControl world)
{
    private readonly Dictionary<int, (Work Work, int Node, string Key, Pending Pending)> _pendings = [];
    private readonly Dictionary<int, Stack<IDisposable>> _listenings = [];
    private readonly List<Task> _open = [];

    /// <summary>Completes when all steps have ended, including those that no step awaited.</summary>
    public async Task RunAsync()
    {
        foreach (Step step in spec.Steps)
        {
            if (world.IsEnding)
            {
                break;
            }

            Task task = DoAsync(step);
            if (step.Awaited)
            {
                await task;
            }
            else
            {
                _open.Add(task);
            }
        }

        await Task.WhenAll(_open);
    }

    private Task DoAsync(Step step)
    {
        IController node = scene.Nodes[step.Node];
        switch (step.Kind)
        {
            case StepKind.Dispatch or StepKind.DispatchAsync or StepKind.Post or StepKind.Submit or StepKind.Tell:
                return OfferAsync(step);
            case StepKind.PostMany:
                Offers.PostMany(scene, step);
                return Task.CompletedTask;
            case StepKind.AwaitAll:
                return CallAsync(step, () => Task.WhenAll(_pendings.Values.Select(one => one.Pending.SettledAsync())));
            case StepKind.Cancel:
                Cancel(step.Amount);
                return Task.CompletedTask;
            case StepKind.Pause:
                return Task.Delay(TimeSpan.FromMilliseconds(step.Amount), scene.Time, CancellationToken.None);
            case StepKind.Suspend:
                return CallAsync(step, () => node.SuspendAsync());
            case StepKind.Resume:
                return CallAsync(step, () => Now(node.Resume));
            case StepKind.Step:
                return CallAsync(step, () => Now(() => TakeStep(node)));
            case StepKind.Clean:
                Clean(step, node);
                return Task.CompletedTask;
            case StepKind.Resize:
                return CallAsync(step, () => Now(() => (node as ControllerPool)?.Resize(step.Amount)));
            case StepKind.Listen:
                return CallAsync(step, () => Now(() => Listen(step, node)));
            case StepKind.Unlisten:
                return CallAsync(step, () => Now(() => Unlisten(step.Node)));
            case StepKind.Map:
                return CallAsync(step, () => Now(() => node.Mapping.Add(step.Key, NodeMaker.Mapped)));
            case StepKind.Unmap:
                return CallAsync(step, () => Now(() => node.Mapping.Remove(step.Key)));
            case StepKind.Shutdown:
                return Offers.ShutAsync(scene, step.Node, (ShutdownMode)step.Amount, step.Timeout);
            case StepKind.Run:
                return CallAsync(step, () => Now(() => node.Run()));
            case StepKind.WaitIdle:
                return CallAsync(step, () => node.WaitForIdleAsync());
            case StepKind.WaitPending:
                return CallAsync(step, () => node.PendingAsync());
            case StepKind.WaitReady:
                return CallAsync(step, () => node.ReadyAsync());
            case StepKind.WaitEnd:
                return CallAsync(step, () => node.WaitAsync());
            default:
                return CallAsync(step, () => world.DoAsync(step));
        }
    }

    private static void TakeStep(IController node)
    {
        if (node.State == ControllerState.Suspended)
        {
            _ = node is ControllerPool pool
                ? pool.Workers.Any(worker => worker.Loop.TryStep())
                : ((Controller)node).Loop.TryStep();
        }
    }

    private static Task Now(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private async Task OfferAsync(Step step)
    {
        Work planned = step.Works[0];
        CancellationTokenSource? cancellation = step.CancelAfter is null ? null : new CancellationTokenSource();
        ITimer? timer = null;
        Pending? pending = await Offers.OfferAsync(
            scene,
            step,
            planned,
            cancellation?.Token ?? CancellationToken.None,
            work =>
            {
                if (step.CancelAfter == 0)
                {
                    Fire(work);
                }
                else if (step.CancelAfter is { } after)
                {
                    timer = scene.Time.CreateTimer(
                        _ => Fire(work),
                        null,
                        TimeSpan.FromMilliseconds(after),
                        Timeout.InfiniteTimeSpan
                    );
                }

                void Fire(Work work)
                {
                    scene.Add(NoteKind.CancelAsked, work, step.Node, step.Key, "token");
                    cancellation!.Cancel();
                }
            }
        );
        if (pending is not null)
        {
            _pendings[planned.Id] = (planned, step.Node, step.Key, pending);
            if (timer is not null)
            {
                // The next step goes on.
                _open.Add(KeepAsync(pending, timer));
                return;
            }
        }

        await (timer?.DisposeAsync() ?? default);
    }

    private static async Task KeepAsync(Pending pending, ITimer timer)
    {
        await pending.SettledAsync();
        await timer.DisposeAsync();
    }

    private void Cancel(int id)
    {
        if (_pendings.TryGetValue(id, out (Work Work, int Node, string Key, Pending Pending) one))
        {
            scene.Add(NoteKind.CancelAsked, one.Work, one.Node, one.Key, "Cancel");
            one.Pending.Cancel();
        }
    }

    private void Clean(Step step, IController node)
    {
        int token = Begin(step);
        string how = $"{step.Kind} ended";
        long cleaned = 0;
        try
        {
            cleaned = node.Clean();
        }
        catch (Exception exception)
        {
            how = $"{step.Kind} {Scene.Say(exception)}";
        }

        scene.Add(NoteKind.CallEnded, step.Node, how, token, cleaned);
    }

    private int Begin(Step step)
    {
        int token = scene.NextToken();
        scene.Add(NoteKind.CallBegun, step.Node, $"{step.Kind} {step.Key}{step.Amount}", token, step.Amount);
        return token;
    }

    /// <summary>Calls, and notes the end.</summary>
    private async Task CallAsync(Step step, Func<Task> call)
    {
        int token = Begin(step);
        string how = $"{step.Kind} ended";
        try
        {
            await call();
        }
        catch (Exception exception)
        {
            how = $"{step.Kind} {Scene.Say(exception)}";
        }

        scene.Add(NoteKind.CallEnded, step.Node, how, token, step.Amount);
    }

    private void Listen(Step step, IController node)
    {
        IDisposable listening = node.Listen(scene.Nodes[step.Amount], step.Key);
        if (!_listenings.TryGetValue(step.Node, out Stack<IDisposable>? all))
        {
            all = _listenings[step.Node] = [];
        }

        all.Push(listening);
    }

    private void Unlisten(int node)
    {
        if (_listenings.TryGetValue(node, out Stack<IDisposable>? all) && all.TryPop(out IDisposable? listening))
        {
            listening.Dispose();
        }
    }
}
