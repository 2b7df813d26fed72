using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <content>What a run waits for before it takes its first event.</content>
internal sealed partial class ControllerLoop
{
    /// <summary>Makes a loop that has started nothing take nothing, until <see cref="Admit"/>.</summary>
    /// <param name="admission">What must come about before that.</param>
    public void Hold(INeed admission)
    {
        lock (_gate)
        {
            _admission = admission;
            _control |= LoopControl.Held;
        }
    }

    public void Admit()
    {
        lock (_gate)
        {
            _admission = null;
            _control &= ~LoopControl.Held;
            if ((_control & LoopControl.NotRunning) != 0)
            {
                return;
            }
        }

        Wake();
    }

    /// <summary>Makes the run that is about to begin take nothing until <see cref="EndStarting"/>.</summary>
    public void BeginStarting()
    {
        lock (_gate)
        {
            _control |= LoopControl.Starting;
        }
    }

    public void EndStarting()
    {
        lock (_gate)
        {
            _control &= ~LoopControl.Starting;
            if ((_control & LoopControl.NotRunning) != 0)
            {
                return;
            }
        }

        Wake();
    }
}
