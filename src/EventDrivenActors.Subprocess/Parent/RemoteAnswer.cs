using System.Runtime.ExceptionServices;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// The caller's end of a call to a remote object: settled once, then waited for by a task or by a blocked thread.
/// </summary>
/// <param name="call">Interface and member.</param>
/// <param name="controller">The controller's name.</param>
/// <param name="blocks">Whether a thread will block for it instead of a task.</param>
internal sealed class RemoteAnswer(string call, string controller, bool blocks)
{
    private readonly TaskCompletionSource? _task = blocks
        ? null
        : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim? _event = blocks ? new ManualResetEventSlim() : null;
    private readonly Lock _gate = new();

    // Written under _gate; the outcome is read after the answer has settled.
    private readonly List<(CancellationToken Token, CancellationTokenRegistration Registration)> _tokens = [];
    private EventOutcome? _outcome;

    /// <summary>An answer that is known already: a failure before anything was sent.</summary>
    public static RemoteAnswer Failed(ProxyMember member, string controller, Exception failure)
    {
        RemoteAnswer answer = new(member.Name, controller, !member.IsAsync);
        if (failure is OperationCanceledException cancelled)
        {
            answer._tokens.Add((cancelled.CancellationToken, default));
        }

        answer.Settle(failure is OperationCanceledException ? EventOutcome.Cancelled : EventOutcome.Faulted(failure));
        return answer;
    }

    /// <summary>Gives the outcome; any thread, and no code of the caller runs on it.</summary>
    public void Settle(EventOutcome outcome)
    {
        lock (_gate)
        {
            if (_outcome is not null)
            {
                return;
            }

            _outcome = outcome;
            _tokens.ForEach(one => one.Registration.Unregister());
        }

        _event?.Set();
        _task?.TrySetResult();
    }

    /// <summary>Lets a token cancel the call while it is open.</summary>
    public void CancelWith(CancellationToken token, Action cancel)
    {
        if (!token.CanBeCanceled)
        {
            return;
        }

        // A token that fires meanwhile runs its callback here, and the callback settles: not under the gate.
        CancellationTokenRegistration registration = token.UnsafeRegister(static cancel => ((Action)cancel!)(), cancel);
        lock (_gate)
        {
            _tokens.Add((token, registration));
            if (_outcome is not null)
            {
                registration.Unregister();
            }
        }
    }

    /// <summary>Blocks until the call has settled.</summary>
    /// <returns>Its result.</returns>
    public object? Wait()
    {
        _event!.Wait();
        _event.Dispose();
        return ResultOrThrow();
    }

    /// <summary>Waits until the call has settled.</summary>
    /// <returns>Its result.</returns>
    public async Task<object?> AsTask()
    {
        await SettledAsync().ConfigureAwait(false);
        return ResultOrThrow();
    }

    /// <summary>Waits until the call has settled, whatever its outcome.</summary>
    public async Task<EventOutcome> SettledAsync()
    {
        await _task!.Task.ConfigureAwait(false);
        return _outcome!.Value;
    }

    private CancellationToken FiredToken()
    {
        lock (_gate)
        {
            return _tokens.Find(one => one.Token.IsCancellationRequested).Token;
        }
    }

    private object? ResultOrThrow()
    {
        EventOutcome outcome = _outcome!.Value;
        switch (outcome.Status)
        {
            case PendingStatus.Completed:
                return outcome.Results is [var result, ..] ? result : null;
            case PendingStatus.Skipped:
                throw new EventSkippedException(
                    $"The call '{call}' was skipped by a hook in the child of the controller '{controller}', so it "
                        + "has no result."
                );
            case PendingStatus.Cancelled:
                throw new OperationCanceledException(
                    $"The call '{call}' of the controller '{controller}' was cancelled.",
                    FiredToken()
                );
            case PendingStatus.Closed:
                throw new ControllerClosedException(
                    $"The controller '{controller}' closed before the call '{call}' had ended."
                );
            default:
                ExceptionDispatchInfo.Throw(outcome.Exception!);
                throw null!;
        }
    }
}
