using EventDrivenActors.TestKit.Children;

namespace EventDrivenActors.TestKit.Simulating;

/// <content>How a run goes on when nothing is left to run, and its invariants.</content>
internal sealed partial class SimulatedRun
{
    private Task SettleAsync()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _settling.Enqueue(source);
        return source.Task;
    }

    private bool LookAtInvariants()
    {
        _broken ??= _isEnding ? null : Simulation.FindBroken();
        return _isEnding || _broken is null;
    }

    /// <summary>
    /// Goes on when nothing can happen by itself: completes a wait for settling, makes a fault happen, or moves the
    /// clock.
    /// </summary>
    private bool GoOn()
    {
        if (
            _settling.Count > 0
            && (
                _isEnding
                    ? _children.TrueForAll(one => one.Children.Living == 0)
                    : Array.TrueForAll(_journals.Owners, HasSettled)
            )
        )
        {
            _settling.Dequeue().SetResult();
            return true;
        }

        if (!_isEnding && _moments.TakeNext() is { } moment)
        {
            Happen(moment.Number, moment.Fault);
            return true;
        }

        if (_journals.AwaitsRealChild() && _pump.WaitForArrival(AnswerTime))
        {
            return true;
        }

        TimeSpan? next = _journals.Time.NextDue;
        if (next is null && _pump.WaitForArrival(AnswerTime))
        {
            // The pool still had work, although it looked idle.
            return true;
        }

        if (
            next is null
            || _journals.Time.GetElapsedTime(0) + next > _limit
            || _journals.Time.TakeNext() is not { } callback
        )
        {
            return false;
        }

        _journals.Work.Run(callback);
        return true;
    }

    private void Happen(int number, MomentFault fault)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(fault.Amount);
        if (fault.Kind == MomentFaultKind.Jump)
        {
            AddHappened(number, fault.Describe(""));
            AddNote(fault.Describe(""));
            _limit += time;
            _journals.Work.Run(() => _journals.Time.Jump(time));
        }
        else if (_children.Count > 0)
        {
            (SubprocessAdapter adapter, SimulatedChildren children) = _children[fault.Place % _children.Count];
            if (children.Living > 0)
            {
                AddHappened(number, fault.Describe(_journals.NameOf(adapter)));
                _journals.Work.Run(() => Meet(children, fault.Kind, time));
            }
        }
    }

    private static void Meet(SimulatedChildren children, MomentFaultKind kind, TimeSpan time)
    {
        if (kind == MomentFaultKind.Kill)
        {
            children.KillNow();
        }
        else
        {
            children.FreezeNow(time);
        }
    }

    /// <summary>Adds a note, unless the run is ending.</summary>
    private void AddNote(string text)
    {
        if (!_isEnding)
        {
            _journals.AddNote(text);
        }
    }

    /// <summary>Records a fault. It may happen on a thread of the pool, where a child does part of its work.</summary>
    private void AddHappened(int number, string says)
    {
        lock (_happened)
        {
            _happened.Add((number, says));
        }
    }

    private static bool HasSettled(IController controller) =>
        controller.State is not (ControllerState.Running or ControllerState.Stopping) || controller.IsIdle;

    private bool IsPlanned(int number) => _plan.Faults?.Contains(number) != false;

    private Broken Hang(string what) =>
        Broken.OfHang(
            _journals.Time.NextDue is null
                ? $"Nothing is left to run, and {what}, after {_journals.Time.GetElapsedTime(0):c} of virtual time: "
                    + "for an event that never comes, or for something real."
                : $"The time is over, and {what}, after {_journals.Time.GetElapsedTime(0):c} of virtual time; "
                    + $"{nameof(SimulationOptions.TimeLimit)} is the limit.",
            $"{_journals.DescribeOpen()}{Environment.NewLine}{_journals.Describe()}".Trim('\r', '\n')
        );
}
