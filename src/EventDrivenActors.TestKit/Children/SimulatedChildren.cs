using Akka.Actor;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit.Children;

/// <summary>The children of one adapter in a simulation, and the faults that wait for them. Any thread.</summary>
/// <param name="work">Runs all that happens in them.</param>
/// <param name="time">The one clock.</param>
/// <param name="childSystem">Where their handlers run; they share it, and its end is not theirs.</param>
/// <param name="random">Decides what is left to chance. One thread uses it at a time.</param>
internal sealed class SimulatedChildren(LoopWork work, VirtualTime time, ActorSystem childSystem, Random random)
    : ISimulatedChildren
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedFault> _faults = [];
    private readonly List<SimulatedChild> _living = [];

    /// <summary>Gets a line for each start, end and fault, the same in each run of a seed.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Is told of each fault when it happens.</summary>
    public Action<SimulatedFault>? Happened { get; set; }

    /// <summary>How many children have been started so far, those that could not be started included.</summary>
    public int Started { get; private set; }

    /// <summary>How many bytes of memory a child takes, as far as its parent can see.</summary>
    public long Memory { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many children live.</summary>
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

    /// <summary>How many faults have not happened yet.</summary>
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

    /// <summary>The last call of the child that died last; 0 for none.</summary>
    internal long LastCallOfTheDead { get; private set; }

    /// <summary>Makes the children of these options simulated ones.</summary>
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

    /// <summary>Kills the child that lives now; where several live, the oldest.</summary>
    public void KillNow() => Oldest?.Kill();

    /// <summary>Freezes it.</summary>
    /// <param name="length">For how long; zero for good.</param>
    public void FreezeNow(TimeSpan length) => Now("freezes", child => child.Freeze(length));

    /// <summary>Sends it SIGTERM, as somebody else might.</summary>
    public void TerminateNow() => Now("is asked to leave", child => child.Terminate());

    /// <summary>Makes its thread pool stuck.</summary>
    /// <param name="length">For how long; zero for good.</param>
    public void StarveNow(TimeSpan length) => Now("starves", child => child.Starve(length));

    /// <summary>A child comes to a word.</summary>
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
                Happened?.Invoke(fault);
            }
            else
            {
                child = new SimulatedChild(this, launch, number, work, time, childSystem);
                _living.Add(child);
            }
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
