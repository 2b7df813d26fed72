using EventDrivenActors.Subprocess.Forwarding;

namespace EventDrivenActors;

/// <summary>A child process with its own actor system: events that its controller does not map, and all submitted functions, run there.</summary>
/// <remarks>
/// Where the controller maps <see cref="ControllerEvents.Otherwise"/>, events that the child's mapping does not name stay with it too.
/// The child starts with the controller's run and ends with it; one that dies is replaced. What it had is lost
/// (<see cref="PendingStatus.ChildLost"/>) or delivered again, and what still waited goes to the next one. All members may be
/// called by any thread.
/// </remarks>
public sealed class SubprocessAdapter : IAdapter
{
    private readonly SubprocessOptions _options;
    private ChildForwarder? _forwarder;

    /// <summary>Creates an adapter for one controller.</summary>
    /// <param name="options">How the child is made.</param>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public SubprocessAdapter(SubprocessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Where the child is in its life.</summary>
    public ChildState State => _forwarder?.State ?? ChildState.None;

    /// <summary>The child's process id; <see langword="null"/> while there is none.</summary>
    public int? ProcessId => _forwarder?.ProcessId;

    /// <summary>How many children have been started in place of dead ones.</summary>
    public int Restarts => _forwarder?.Restarts ?? 0;

    /// <summary>Kills the child and its process group at once, as a crash would; another one takes its place.</summary>
    public void Kill() => _forwarder?.Kill();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A handler of the child's mapping captures something, so it cannot travel.</exception>
    public void Configure(IAdapterContext controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        if (_forwarder is not null)
        {
            throw new InvalidOperationException("This SubprocessAdapter belongs to a controller already; make one for each controller.");
        }

        ChildForwarder forwarder = new(_options, controller);
        _forwarder = forwarder;
        controller.UseOutbound(forwarder.Outbound);
        controller.UseInbound(forwarder.Inbound);
        controller.Lifecycle.OnStarting(forwarder.Prepare);
        controller.Lifecycle.OnStarted(forwarder.Start);
        controller.UseIdleSource(forwarder);
        controller.Lifecycle.OnSuspended(forwarder.SuspendAsync);
        controller.Lifecycle.OnResumed(forwarder.Resume);
        controller.Lifecycle.OnCleaning(forwarder.Clean);
        controller.Lifecycle.OnFinishing(forwarder.Finish);
        controller.Lifecycle.OnStopping(forwarder.StopAsync);
    }
}
