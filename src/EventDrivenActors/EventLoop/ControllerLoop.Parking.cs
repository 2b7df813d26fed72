using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <content>
/// What happens while a handler has suspended: the loop leaves its thread, and goes on when the handler's own task has
/// ended.
/// </content>
internal sealed partial class ControllerLoop
{
    private readonly Action _resume;
    private Task? _parkedTask;
    private volatile bool _parked;
    private volatile bool _parkedTaskEnded;

    private static Task? Rest(ValueTask task) => task.AsTask() is { IsCompletedSuccessfully: false } rest ? rest : null;

    /// <summary>Leaves the handler to its task.</summary>
    /// <returns>False when that has ended already.</returns>
    private bool Park(Task task, SessionFrame frame)
    {
        if (task.IsCompleted)
        {
            task.ThrowIfFailed();
            frame.CollectAwaited();
            return false;
        }

        frame.Suspension = task;
        frame.SynchronousThread = 0;
        _thread!.Tidy();
        _parkedTask = task;
        _parkedTaskEnded = false;
        _parked = true;
        task.ConfigureAwait(continueOnCapturedContext: true).GetAwaiter().UnsafeOnCompleted(_resume);
        return true;
    }

    private void OnHandlerEnded()
    {
        bool passedOn = _frame.Deferred is not null;
        _parkedTaskEnded = true;
        if (!passedOn || !TryRelay())
        {
            Wake();
        }
    }

    private bool Unpark()
    {
        if (!_parkedTaskEnded)
        {
            return false;
        }

        Volatile.Write(ref _phase, LoopPhase.Handling);
        SessionFrame frame = _frame;
        Exception? failure = null;
        try
        {
            _parkedTask!.ThrowIfFailed();
            frame.CollectAwaited();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _parkedTask = null;
        _frame = new SessionFrame(frame);
        _parked = false;
        Finish(frame, failure);
        return true;
    }
}
