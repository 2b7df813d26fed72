using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <summary>A receiver of events, as its callers meet it: a controller's loop, or a pool.</summary>
internal interface IReceiver
{
    string Name { get; }

    ControllerState State { get; }

    /// <summary>Whether nothing is queued, runs, or is in flight at this instant.</summary>
    bool IsIdle { get; }

    /// <summary>Stands for the next event that it takes.</summary>
    INeed NextTurn { get; }

    /// <summary>Whether an event is one of its own.</summary>
    bool Runs(SessionFrame frame);

    /// <summary>Adds what must end before it is idle, and before its run has ended.</summary>
    void AddRunning(List<INeed> needs);

    /// <summary>Adds what must come about before all that is queued has been taken.</summary>
    void AddQueued(List<INeed> needs);
}
