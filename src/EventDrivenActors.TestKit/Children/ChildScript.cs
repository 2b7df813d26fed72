using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit;

/// <summary>
/// Makes a controller's children fail on command: each fault happens once, to the next child that comes to its step.
/// </summary>
/// <remarks>
/// Made by <see cref="ChildScriptExtensions.RunInProcess"/>. Several faults may wait at a time. All members may be
/// called by any thread.
/// </remarks>
public sealed class ChildScript : IInProcessChildren
{
    private readonly Lock _gate = new();
    private readonly List<(ChildStep Step, Children.ChildFault Fault)> _faults = [];
    private readonly List<Children.ScriptedChild> _children = [];
    private int _resultsLeft;
    private int _refusals;

    internal ChildScript() { }

    /// <summary>How many children have been started so far, those that could not be started included.</summary>
    public int Started { get; private set; }

    /// <summary>Makes the child die as soon as the parent has got so many more results.</summary>
    /// <param name="results">How many; at least 1.</param>
    public void DieAfter(int results)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(results, 1);
        lock (_gate)
        {
            _resultsLeft = results;
        }
    }

    /// <summary>Makes the child die before a step; its earlier messages arrive.</summary>
    /// <param name="step">The step.</param>
    public void DieBefore(ChildStep step) => Add(step, Children.ChildFault.Die);

    /// <summary>
    /// Makes the child do and say nothing more from a step on, although it still shows signs of life: only
    /// <see cref="SubprocessOptions.KillOnTimeout"/> ends it, or before it is ready the time-out of its set-up.
    /// </summary>
    /// <param name="step">The step.</param>
    public void StallBefore(ChildStep step) => Add(step, Children.ChildFault.Stall);

    /// <summary>
    /// Loses the child's message at a step, or the one to it; the child goes on as if nothing had happened.
    /// </summary>
    /// <param name="step">The step.</param>
    public void Lose(ChildStep step) => Add(step, Children.ChildFault.Lose);

    /// <summary>Makes the next children fail to start.</summary>
    /// <param name="times">How many of them.</param>
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

    private IEnumerable<Children.ScriptedChild> Living => _children.Where(child => child.IsAlive);

    /// <summary>
    /// Kills the child that lives now, as a crash would; where a spare lives beside it, the older one.
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

    /// <summary>Notes a start.</summary>
    /// <returns>The child; null when it is to fail.</returns>
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

    /// <summary>A child comes to a step.</summary>
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
