using Akka.Actor;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit.Children;

/// <summary>The children of one adapter in a simulation, and the faults that wait for them. Any thread.</summary>
/// <param name="work">Runs all work of the children.</param>
/// <param name="time">The clock of the simulation.</param>
/// <param name="childSystem">
/// The actor system in which their handlers run. The children share it and do not end it.
/// </param>
/// <param name="random">The source of all chance, locked while it is used.</param>
internal sealed class SimulatedChildren(LoopWork work, VirtualTime time, ActorSystem childSystem, Random random)
    : ISimulatedChildren
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<SimulatedFault> _faults = [];
    private readonly List<SimulatedChild> _living = [];

    /// <summary>Receives a line for each start, end and fault, the same in each run of a seed.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Receives each fault when it happens.</summary>
    public Action<SimulatedFault>? Happened { get; set; }

    /// <summary>How many children have been started so far, including those that failed to start.</summary>
    public int Started { get; private set; }

    /// <summary>The memory of a child in bytes, as its parent measures it.</summary>
    public long Memory { get; set; } = 64 * 1024 * 1024;

    /// <summary>The number of children that run.</summary>
    public int Living
    {
        get
        {
            lock (_gate)
            {
                return _living.Count;
            }
        }
    }

    /// <summary>The number of faults that have not happened yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count;
            }
        }
    }

    bool ISimulatedChildren.AreStarting
    {
        get
        {
            lock (_gate)
            {
                return _living.Exists(child => child.IsStarting);
            }
        }
    }

    internal SimulatedDice Dice { get; } = new(random);

    /// <summary>
    /// The identifier of the last call of the child that died last after receiving one; 0 if none has.
    /// </summary>
    internal long LastCallOfTheDead { get; private set; }

    /// <summary>Makes adapters with these options start simulated children.</summary>
    public void Attach(SubprocessOptions options)
    {
        options.Launcher = Launch;
        options.LinkTime = time;
        options.Jitter = Dice.NextDouble;
        options.MeasureMemory = _ => Memory;
    }

    /// <summary>Adds a fault, which happens once.</summary>
    public void Add(SimulatedFault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Kills the running child; if several run, the oldest.</summary>
    public void KillNow() => Oldest?.Kill();

    /// <summary>Freezes the oldest running child.</summary>
    /// <param name="length">How long; zero for good.</param>
    public void FreezeNow(TimeSpan length) => Now("freezes", child => child.Freeze(length));

    /// <summary>Sends SIGTERM to the oldest running child, as another process might.</summary>
    public void TerminateNow() => Now("is asked to leave", child => child.Terminate());

    /// <summary>Blocks the thread pool of the oldest running child.</summary>
    /// <param name="length">How long; zero for good.</param>
    public void StarveNow(TimeSpan length) => Now("starves", child => child.Starve(length));

    /// <summary>Takes the fault that waits for a child at a message.</summary>
    internal SimulatedFault? Meet(SimulatedChild child, SimulatedWord word, int nth)
    {
        SimulatedFault fault;
        lock (_gate)
        {
            int index =
                _faults.Count == 0 ? -1 : _faults.FindIndex(waiting => waiting.Word == word && waiting.Nth == nth);
            if (index < 0)
            {
                return null;
            }

            fault = _faults[index];
            _faults.RemoveAt(index);
        }

        Happened?.Invoke(fault);
        Tell(child.ProcessId, fault.ToString());
        return fault;
    }

    internal int MaySend(SimulatedChild child, int before, int length) =>
        May(SimulatedFaultKind.DieAtSentByte, child, before, length);

    internal int MayReceive(SimulatedChild child, int before, int length) =>
        May(SimulatedFaultKind.DieAtReceivedByte, child, before, length);

    internal void Ended(SimulatedChild child, string? told)
    {
        lock (_gate)
        {
            _living.Remove(child);
            LastCallOfTheDead = child.LastCall > 0 ? child.LastCall : LastCallOfTheDead;
        }

        if (told is not null)
        {
            Tell(child.ProcessId, told);
        }
    }

    private SimulatedChild? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _living.FirstOrDefault();
            }
        }
    }

    private SimulatedChild Launch(ChildLaunch launch)
    {
        int number;
        SimulatedFault? fault;
        SimulatedChild? child = null;
        lock (_gate)
        {
            number = ++Started;
            fault = _faults.Find(waiting => waiting.Kind == SimulatedFaultKind.FailToStart);
            if (fault is not null)
            {
                _faults.Remove(fault);
            }
            else
            {
                child = new SimulatedChild(this, launch, number, work, time, childSystem);
                _living.Add(child);
            }
        }

        if (fault is not null)
        {
            // Not under the gate: the code that is notified has locks of its own.
            Happened?.Invoke(fault);
        }

        Tell(number, child is null ? "cannot be started" : "starts");
        return child ?? throw new ChildStartException("The simulation makes this child fail to start.");
    }

    private int May(SimulatedFaultKind kind, SimulatedChild child, int before, int length)
    {
        SimulatedFault fault;
        lock (_gate)
        {
            int index =
                _faults.Count == 0
                    ? -1
                    : _faults.FindIndex(waiting => waiting.Kind == kind && waiting.Amount < before + length);
            if (index < 0)
            {
                return length;
            }

            fault = _faults[index];
            _faults.RemoveAt(index);
        }

        Happened?.Invoke(fault);
        Tell(child.ProcessId, fault.ToString());
        return Math.Max(0, fault.Amount - before);
    }

    private void Now(string told, Action<SimulatedChild> action)
    {
        if (Oldest is { } child)
        {
            Tell(child.ProcessId, told);
            action(child);
        }
    }

    private void Tell(int child, string what) => Trace?.Invoke($"child {child} {what}");
}
