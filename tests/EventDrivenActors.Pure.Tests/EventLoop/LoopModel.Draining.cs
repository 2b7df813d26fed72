namespace EventDrivenActors.Pure.Tests.EventLoop;

internal sealed partial class LoopModel
{
    /// <summary>One turn.</summary>
    /// <returns>Whether the budget ended it.</returns>
    public bool Drain(int budget)
    {
        if (Running is { } parked)
        {
            if (RunningOutcome is not { } outcome)
            {
                return false;
            }

            Running = null;
            RunningOutcome = null;
            Finish(parked, outcome);
        }

        for (int i = 0; i < budget; i++)
        {
            if (!InRun || Suspended)
            {
                EndRunIfDone();
                return false;
            }

            if (_errors.TryDequeue(out int failed))
            {
                Started.Add(-failed);
            }
            else if (_queue.Count > 0)
            {
                ModelSlot slot = _queue[0];
                _queue.RemoveAt(0);
                Admit();
                if (!slot.Cleaned && !Start(slot.Event))
                {
                    return false;
                }
            }
            else if (_operation is { Announce: true } operation)
            {
                operation.Announce = false;
                Started.Add(ShutdownId);
                TakeShutdown(operation);
            }
            else
            {
                EndRunIfDone();
                return false;
            }
        }

        return true;
    }

    public void EndHandler(bool fail)
    {
        ScriptedEvent running = Running!;
        RunningOutcome =
            fail ? PendingStatus.Faulted
            : running is { Behaviour: Behaviour.SuspendObeying, TokenFires: true } ? PendingStatus.Cancelled
            : PendingStatus.Completed;
    }

    private bool Start(ScriptedEvent scripted)
    {
        if (!Settle(scripted, PendingStatus.Queued, PendingStatus.Running))
        {
            return true;
        }

        Started.Add(scripted.Id);
        if (scripted.Suspends)
        {
            Running = scripted;
            scripted.TimesOutAt = scripted is { Behaviour: Behaviour.SuspendTimed, IsPost: false }
                ? Now + LoopScenario.EventTimeout
                : null;
            return false;
        }

        if (scripted.Behaviour == Behaviour.Defer)
        {
            _deferred.Add(scripted);
            return true;
        }

        Finish(
            scripted,
            scripted.Behaviour switch
            {
                Behaviour.Throw => PendingStatus.Faulted,
                Behaviour.Skip when shape.Hooked || shape.Filtered => PendingStatus.Skipped,
                _ => PendingStatus.Completed,
            }
        );
        return true;
    }

    private void Finish(ScriptedEvent scripted, PendingStatus outcome)
    {
        scripted.TimesOutAt = null;
        if (Settle(scripted, PendingStatus.Running, outcome) && outcome == PendingStatus.Faulted)
        {
            RaiseError(scripted);
        }
    }
}
