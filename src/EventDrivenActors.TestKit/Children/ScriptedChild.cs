using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.TestKit.Children;

/// <summary>One child of a script. Under the gate of the script.</summary>
internal sealed class ScriptedChild(IChildProcess process)
{
    public IChildProcess Process => process;

    public bool IsAlive => !process.Exited.IsCompleted;

    /// <summary>The number of events that the child will never answer.</summary>
    public int Withheld { get; private set; }

    /// <summary>Counts an answer that the parent will never receive.</summary>
    public void Meet(ChildStep step, ChildFault fault)
    {
        bool forGood = fault == ChildFault.Stall || (fault == ChildFault.Lose && step == ChildStep.Ready);
        bool one = fault == ChildFault.Lose && step is ChildStep.Call or ChildStep.Result;
        Withheld =
            forGood ? int.MaxValue
            : one && Withheld < int.MaxValue ? Withheld + 1
            : Withheld;
    }
}
