using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit;

/// <summary>
/// Makes the children of a controller fail on command. Each fault happens once, to the next child that reaches its
/// step.
/// </summary>
/// <remarks>
/// <see cref="ChildScriptExtensions.RunInProcess"/> creates it. Several faults can wait at the same time. All members
/// are thread-safe.
/// </remarks>
public sealed class ChildScript : IInProcessChildren
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<(ChildStep Step, Children.ChildFault Fault)> _faults = [];
    private readonly List<Children.ScriptedChild> _children = [];
    private int _resultsLeft;
    private int _refusals;

    internal ChildScript() { }

    /// <summary>How many children have been started so far, including those that failed to start.</summary>
    public int Started { get; private set; }

    /// <summary>Kills the child as soon as the parent has received this many more results.</summary>
    /// <param name="results">The number of results; at least 1.</param>
    public void DieAfter(int results)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(results, 1);
        lock (_gate)
        {
            _resultsLeft = results;
        }
    }

    /// <summary>Makes the child die before a step; the parent still receives its earlier messages.</summary>
    /// <param name="step">The step.</param>
    public void DieBefore(ChildStep step) => Add(step, Children.ChildFault.Die);

    /// <summary>
    /// Makes the child hang at a step: it sends and receives nothing more, but its heartbeats go on. Only
    /// <see cref="SubprocessOptions.KillOnTimeout"/> ends it, or, before it is ready, the time-out of its set-up.
    /// </summary>
    /// <param name="step">The step.</param>
    public void StallBefore(ChildStep step) => Add(step, Children.ChildFault.Stall);

    /// <summary>Loses the message of a step, whether the child sends or receives it; the child goes on.</summary>
    /// <param name="step">The step.</param>
    public void Lose(ChildStep step) => Add(step, Children.ChildFault.Lose);

    /// <summary>Makes the next children fail to start.</summary>
    /// <param name="times">The number of children.</param>
    public void FailToStart(int times = 1)
    {
        lock (_gate)
        {
            _refusals = times;
        }
    }

    int IInProcessChildren.Living
    {
        get
        {
            lock (_gate)
            {
                return Living.Count();
            }
        }
    }

    int IInProcessChildren.Withheld
    {
        get
        {
            lock (_gate)
            {
                return Living.Select(child => child.Withheld).DefaultIfEmpty().Max();
            }
        }
    }

    /// <summary>The children that run. Under _gate.</summary>
    private IEnumerable<Children.ScriptedChild> Living => _children.Where(child => child.IsAlive);

    /// <summary>
    /// Kills the running child, as a crash would. If a spare runs beside it, the older of the two dies. Without a
    /// running child, nothing happens.
    /// </summary>
    public void Kill()
    {
        Children.ScriptedChild? child;
        lock (_gate)
        {
            child = Living.FirstOrDefault();
        }

        child?.Process.Kill();
    }

    /// <summary>Registers a child that starts.</summary>
    /// <returns>The child, or null if it has to fail.</returns>
    internal Children.ScriptedChild? Begin(IChildProcess process)
    {
        lock (_gate)
        {
            Started++;
            if (_refusals > 0)
            {
                _refusals--;
                return null;
            }

            Children.ScriptedChild child = new(process);
            _children.RemoveAll(one => !one.IsAlive);
            _children.Add(child);
            return child;
        }
    }

    /// <summary>Takes the fault that waits for a child at a step.</summary>
    internal Children.ChildFault Meet(Children.ScriptedChild child, ChildStep step)
    {
        lock (_gate)
        {
            int index = _faults.FindIndex(waiting => waiting.Step == step);
            if (index >= 0)
            {
                Children.ChildFault fault = _faults[index].Fault;
                _faults.RemoveAt(index);
                child.Meet(step, fault);
                return fault;
            }

            return step == ChildStep.Result && _resultsLeft > 0 && --_resultsLeft == 0
                ? Children.ChildFault.DieAfter
                : Children.ChildFault.None;
        }
    }

    private void Add(ChildStep step, Children.ChildFault fault)
    {
        lock (_gate)
        {
            _faults.Add((step, fault));
        }
    }
}
