namespace EventDrivenActors.TestKit;

/// <summary>What goes wrong in a controller's children, on command: each fault befalls the next child that comes to its step, once.</summary>
/// <remarks>Made by <see cref="ChildScriptExtensions.RunInProcess"/>. Several faults may wait at a time. All members may be called by any thread.</remarks>
public sealed class ChildScript
{
    private readonly Lock _gate = new();
    private readonly List<(ChildStep Step, Children.ChildFault Fault)> _faults = [];
    private int _resultsLeft;
    private int _refusals;
    private Action? _kill;

    internal ChildScript()
    {
    }

    /// <summary>How many children have been started so far, those that could not be started included.</summary>
    public int Started { get; private set; }

    /// <summary>Makes the child die as soon as the parent has so many results from here on.</summary>
    /// <param name="results">How many; at least 1.</param>
    public void DieAfter(int results)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(results, 1);
        lock (_gate)
        {
            _resultsLeft = results;
        }
    }

    /// <summary>Makes the child die before a step; what it had said before that arrives.</summary>
    /// <param name="step">The step.</param>
    public void DieBefore(ChildStep step) => Add(step, Children.ChildFault.Die);

    /// <summary>Makes the child do and say nothing more from a step on, although it still shows signs of life: only <see cref="SubprocessOptions.KillOnTimeout"/> ends it, or before it is ready the time-out of its set-up.</summary>
    /// <param name="step">The step.</param>
    public void StallBefore(ChildStep step) => Add(step, Children.ChildFault.Stall);

    /// <summary>Loses what the child says or hears at a step; it goes on as if nothing had happened.</summary>
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

    /// <summary>Whether the child that lives now has been told not to answer something.</summary>
    internal bool IsMute { get; private set; }

    /// <summary>Kills the child that lives now, as a crash would.</summary>
    public void Kill()
    {
        Action? kill;
        lock (_gate)
        {
            kill = _kill;
        }

        kill?.Invoke();
    }

    /// <summary>Notes a start.</summary>
    /// <returns>Whether it succeeds.</returns>
    internal bool Begin(Action kill)
    {
        lock (_gate)
        {
            Started++;
            if (_refusals > 0)
            {
                _refusals--;
                return false;
            }

            _kill = kill;
            IsMute = false;
            return true;
        }
    }

    /// <summary>A child comes to a step.</summary>
    internal Children.ChildFault Meet(ChildStep step)
    {
        lock (_gate)
        {
            int index = _faults.FindIndex(waiting => waiting.Step == step);
            if (index >= 0)
            {
                Children.ChildFault fault = _faults[index].Fault;
                _faults.RemoveAt(index);
                IsMute = fault is Children.ChildFault.Stall or Children.ChildFault.Lose;
                return fault;
            }

            return step == ChildStep.Result && _resultsLeft > 0 && --_resultsLeft == 0 ? Children.ChildFault.DieAfter : Children.ChildFault.None;
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
