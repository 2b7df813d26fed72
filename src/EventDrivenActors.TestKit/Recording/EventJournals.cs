using System.Collections.Concurrent;
using Akka.Actor;
using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Recording;

/// <summary>The journals of all controllers of one actor system, and what went wrong in them.</summary>
internal sealed partial class EventJournals : IExtension
{
    private const int Prune = 1024;
    private const int MostNotes = 200;
    private readonly Lock _gate = new();

    // Any thread; added to under _gate.
    private readonly ConcurrentDictionary<IController, EventJournal> _journals = [];

    // Under _gate.
    private List<EventJournal> _inOrder = [];
    private List<(IController Controller, Pending Pending)> _watched = [];
    private List<KitFinding> _findings = [];
    private readonly List<(IController Controller, SubprocessAdapter Child)> _children = [];
    private readonly Dictionary<SubprocessOptions, IInProcessChildren> _inProcess = [];
    private readonly Queue<(long Number, string Text)> _notes = [];
    private List<(IController Controller, Pending Pending)> _sent = [];

    // Any thread; interlocked.
    private long _recorded;

    public EventJournals(ExtendedActorSystem system)
    {
        VirtualScheduler scheduler = VirtualScheduler.Of(system.Scheduler);
        Time = scheduler.Time;
        Work = scheduler.Work;
        Start = Time.GetUtcNow();
        Work.Describe = Describe;
        Work.AwaitsChild = AwaitsChild;
        Work.Broken = exception => Add(new KitFinding("Something that nobody awaits threw.", exception));
    }

    public VirtualTime Time { get; }

    public LoopWork Work { get; }

    public DateTimeOffset Start { get; private set; }

    /// <summary>How many events of each controller are kept.</summary>
    public int Capacity { get; set; } = 20;

    /// <summary>
    /// Whether all that is dispatched is kept until it has settled, so that the code that looks for a hang can name it.
    /// </summary>
    public bool WatchesSent { get; set; }

    /// <summary>The controllers and pools, in the order in which they were made.</summary>
    public IController[] Owners
    {
        get
        {
            lock (_gate)
            {
                return [.. _inOrder.Select(journal => journal.Owner)];
            }
        }
    }

    public static EventJournals Of(ActorSystem system) => system.WithExtension<EventJournals, Provider>();

    /// <summary>The journal of a controller; a pool has one for all its workers.</summary>
    public EventJournal Of(IController controller)
    {
        IController owner = controller.Pool ?? controller;
        if (_journals.TryGetValue(owner, out EventJournal? journal))
        {
            return journal;
        }

        lock (_gate)
        {
            return _journals.GetOrAdd(
                owner,
                _ =>
                {
                    EventJournal added = new(owner, Capacity);
                    _inOrder.Add(added);
                    return added;
                }
            );
        }
    }

    /// <summary>The journal of a controller that a runtime of the kit has made.</summary>
    /// <exception cref="ArgumentException">It comes from elsewhere.</exception>
    public EventJournal Find(IController controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return _journals.TryGetValue(controller.Pool ?? controller, out EventJournal? journal)
            ? journal
            : throw new ArgumentException(
                $"The controller '{controller.Name}' was made by a runtime that the kit does not know; make it with "
                    + "the kit's Runtime, or pass the runtime's options to Join.",
                nameof(controller)
            );
    }

    /// <summary>Makes the record of an event; with a session, of one that this session's handler dispatches.</summary>
    public RecordedEvent Record(
        IController controller,
        object key,
        object? value,
        IReadOnlyList<object?> args,
        Pending? pending,
        Session session = default
    ) =>
        new(Interlocked.Increment(ref _recorded), controller, key, value, args, Time.GetUtcNow(), Start)
        {
            From = session.IsActive ? session.Self : null,
            Cause = session.IsActive ? session.Event : null,
            Pending = pending,
        };

    public void AddChild(IController controller, SubprocessAdapter child)
    {
        lock (_gate)
        {
            _children.Add((controller, child));
        }
    }

    /// <summary>The name of the controller of an adapter.</summary>
    public string NameOf(SubprocessAdapter child)
    {
        lock (_gate)
        {
            return _children.Find(one => one.Child == child).Controller?.Name ?? "";
        }
    }

    /// <summary>Notes that children are in this process.</summary>
    public void AddInProcess(SubprocessOptions options, IInProcessChildren children)
    {
        lock (_gate)
        {
            _inProcess.Add(options, children);
        }
    }

    /// <summary>Whether a child that is not simulated has answers due, which come in real time.</summary>
    public bool AwaitsRealChild()
    {
        lock (_gate)
        {
            return _children.Any(one =>
                one.Child.Options.Launcher?.Target is not ISimulatedChildren && Awaits(one.Controller, one.Child)
            );
        }
    }

    private bool AwaitsChild()
    {
        lock (_gate)
        {
            return _children.Any(one => Awaits(one.Controller, one.Child));
        }
    }

    /// <summary>
    /// A child process may take long, and is waited for while an answer of it is due. A child in this process does
    /// everything at once, except what its script withholds. Under the gate.
    /// </summary>
    private bool Awaits(IController controller, SubprocessAdapter child)
    {
        if (child.Options.Launcher?.Target is ISimulatedChildren simulated)
        {
            return simulated.AreStarting;
        }

        int asked = controller is Controller { Loop: { } loop } ? loop.DeferredCount : 0;
        if (controller.State == ControllerState.Stopping)
        {
            return true;
        }

        if (_inProcess.GetValueOrDefault(child.Options) is not { } inProcess)
        {
            return asked > 0 && child.State is ChildState.Starting or ChildState.Ready;
        }

        (int count, bool isStarting) = child.Children;
        return count > inProcess.Living
            || (isStarting && (inProcess.Withheld == 0 || child.ProcessId is null))
            || (asked > inProcess.Withheld && child.State == ChildState.Ready);
    }
}
