using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Mapping;

namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    /// <summary>Whether nothing is queued, runs, or is in flight at this instant.</summary>
    /// <remarks>After its end a loop is idle, also when an abort has left a handler behind.</remarks>
    public bool IsIdle =>
        State is ControllerState.Stopped or ControllerState.Failed || IsEmptyHanded(withSources: true);

    /// <summary>Whether a handler runs, perhaps one that an abort has left behind.</summary>
    /// <remarks>It may suspend, or go on, while this looks.</remarks>
    public bool IsHandling =>
        Volatile.Read(ref _phase) != LoopPhase.Inactive || _parked || Volatile.Read(ref _phase) != LoopPhase.Inactive;

    /// <summary>Whether somebody handles the shutdown.</summary>
    public bool AnnouncesShutdown => MappingTable.For(_settings.Mapping.Snapshot, _settings.Added).Shutdown is not null;

    public Task WaitForIdleAsync(CancellationToken cancellationToken) => _waiters.WaitForIdleAsync(cancellationToken);

    public Task PendingAsync(CancellationToken cancellationToken) =>
        _waiters.WaitForTakenAsync(token => TakenAsync(Mailbox, token), cancellationToken);

    public Task WaitForEndAsync(CancellationToken cancellationToken) =>
        _waiters.WaitForEndAsync(RunEnd, cancellationToken);

    /// <summary>Shuts down, and waits for the end unless a handler calls that can only end before it.</summary>
    public Task<ShutdownReport> ShutdownAsync(ShutdownMode mode, TimeSpan deadline) =>
        _waiters.ShutdownAsync(mode, () => Shutdown(mode, deadline));

    /// <summary>
    /// Waits until what a mailbox of this loop holds has been taken, and what was taken last has been started.
    /// </summary>
    public async Task TakenAsync(EventMailbox mailbox, CancellationToken cancellationToken)
    {
        await mailbox.PendingAsync(cancellationToken).ConfigureAwait(false);
        AwaitStart();
    }

    /// <summary>Whether there was an instant at which nothing was queued, ran or was deferred.</summary>
    /// <remarks>
    /// The parts are not read at one instant. If no round of the draining thread has begun meanwhile, its last round
    /// was either over at the second look, or had not done anything by then, so what was read belongs together.
    /// </remarks>
    private bool IsEmptyHanded(bool withSources)
    {
        int round = Volatile.Read(ref _round);
        return LooksEmptyHanded(withSources) && LooksEmptyHanded(withSources) && Volatile.Read(ref _round) == round;
    }

    private bool LooksEmptyHanded(bool withSources) =>
        Volatile.Read(ref _phase) == LoopPhase.Inactive
        && !_parked
        && DeferredCount == 0
        && Mailbox.IsEmpty
        && (!withSources || _settings.IdleSources.All(IsIdleOrBroken));

    private void OnSourceIdle()
    {
        if (IsStopping)
        {
            // The end of the run may have waited only for this.
            Wake();
        }

        CheckIdle();
    }

    private bool IsIdleOrBroken(IIdleSource source)
    {
        try
        {
            return source.IsIdle;
        }
        catch (Exception exception)
        {
            _settings.Host.ReportBroken(exception);
            return true;
        }
    }

    private void OnEmpty()
    {
        // Pairs with the barrier of the waiting calls: either they see this loop inactive, or it sees them waiting.
        Interlocked.MemoryBarrier();
        CheckIdle();
        if (_relaying)
        {
            _needsTurn |= IsStopping;
        }
        else if (IsStopping)
        {
            TryEndRun(stuckToo: false);
        }
    }

    private void CheckIdle() => _waiters.CheckIdle();
}
