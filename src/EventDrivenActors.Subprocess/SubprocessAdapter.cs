using EventDrivenActors.Subprocess.Parent;

namespace EventDrivenActors;

/// <summary>
/// A child process with its own actor system: events that its controller does not map, and all submitted functions, run
/// there.
/// </summary>
/// <remarks>
/// Where the controller maps <see cref="ControllerEvents.Otherwise"/>, events that the child's mapping does not name
/// stay with it too. The child starts with the controller's run and ends with it; one that dies is replaced. Events
/// that ran in it are lost (<see cref="PendingStatus.ChildLost"/>) or delivered again; all other events go to the next
/// child. All members may be called by any thread.
/// </remarks>
public sealed class SubprocessAdapter : IAdapter
{
    private readonly SubprocessOptions _options;

    // Set once.
    private ParentSide? _parent;

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
    public ChildState State => _parent?.State.State ?? ChildState.None;

    /// <summary>The child's process id; <see langword="null"/> while there is none.</summary>
    public int? ProcessId => _parent?.State.ProcessId;

    /// <summary>The process id of the warm spare; <see langword="null"/> while none is ready.</summary>
    public int? SpareProcessId => _parent?.State.SpareProcessId;

    /// <summary>How many children have been started in place of dead ones.</summary>
    public int Restarts => _parent?.State.Restarts ?? 0;

    /// <summary>
    /// How many children have been replaced as planned; see <see cref="SubprocessOptions.Recycling"/>.
    /// </summary>
    public int Recycled => _parent?.State.Recycled ?? 0;

    internal SubprocessOptions Options => _options;

    internal (int Count, bool IsStarting) Children =>
        _parent?.State is { } state ? (state.Children, state.IsStarting) : default;

    /// <summary>Kills the child and its process group at once, as a crash would; another one takes its place.</summary>
    public void Kill() => _parent?.Kill();

    /// <summary>Waits until a child is ready: set up, and warmed up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Completes then, at once when there is one; as <see cref="IController.ReadyAsync"/> of its controller does.
    /// </returns>
    /// <exception cref="ControllerClosedException">The controller was shut down or has failed, before or during the
    /// wait; the inner exception says why it failed.</exception>
    public Task ReadyAsync(CancellationToken cancellationToken = default) =>
        _parent?.ControllerReadyAsync(cancellationToken)
        ?? throw new InvalidOperationException(
            "This SubprocessAdapter belongs to no controller yet; create the controller first."
        );

    /// <summary>Makes an object that lives in the child, and a proxy of it.</summary>
    /// <typeparam name="TInterface">The interface to call: methods, properties and indexers, but no events; its
    /// types may cross as those of mapped handlers do.</typeparam>
    /// <typeparam name="TImplementation">The class that the child makes, in one of its workers, by the public
    /// constructor that the arguments fit.</typeparam>
    /// <param name="args">The constructor's arguments.</param>
    /// <returns>
    /// The proxy, once the object is there. It implements <see cref="IRemoteObject"/> too: dispose it to remove the
    /// object. Calls of one object run one at a time, in order, under the options of the child as events do. A member
    /// that returns no task blocks the calling thread until its call has settled.
    /// </returns>
    /// <remarks>
    /// An object dies with its child: calls then fail with <see cref="ChildLostException"/>, and are never delivered
    /// again or to another child. In a pool each worker has an adapter and a child of its own, and an object lives in
    /// the child of the adapter that made it.
    /// </remarks>
    /// <exception cref="ArgumentException">A member can never be called from another process, or no constructor fits;
    /// nothing was sent.</exception>
    /// <exception cref="PayloadRefusedException">An argument cannot cross; nothing was sent.</exception>
    /// <exception cref="RemoteHandlerException">The constructor threw.</exception>
    /// <exception cref="ChildLostException">The child died meanwhile.</exception>
    /// <exception cref="ControllerClosedException">The controller was shut down.</exception>
    public Task<TInterface> CreateRemoteAsync<TInterface, TImplementation>(params object?[] args)
        where TInterface : class
        where TImplementation : class, TInterface =>
        CreateRemoteAsync<TInterface, TImplementation>(args, CancellationToken.None);

    /// <inheritdoc cref="CreateRemoteAsync{TInterface, TImplementation}(object[])"/>
    /// <param name="args">The constructor's arguments.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <exception cref="OperationCanceledException">The token fired before the object was there.</exception>
    public Task<TInterface> CreateRemoteAsync<TInterface, TImplementation>(
        object?[] args,
        CancellationToken cancellationToken
    )
        where TInterface : class
        where TImplementation : class, TInterface
    {
        ArgumentNullException.ThrowIfNull(args);
        ParentSide parent =
            _parent
            ?? throw new InvalidOperationException(
                "This SubprocessAdapter belongs to no controller yet; create the controller first."
            );
        return parent.Objects.CreateAsync<TInterface>(typeof(TImplementation), args, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A handler of the child's mapping captures something, so it cannot
    /// travel.</exception>
    public void Configure(IAdapterContext controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        if (_parent is not null)
        {
            throw new InvalidOperationException(
                "This SubprocessAdapter belongs to a controller already; make one for each controller."
            );
        }

        ParentSide parent = new(_options.ForParent(), controller);
        _parent = parent;
        parent.Install(controller);
    }
}
