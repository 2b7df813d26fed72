using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.TestKit.Children;

/// <summary>One child of a script. Under the script's gate.</summary>
internal sealed class ScriptedChild(IChildProcess process)
{
    public IChildProcess Process => process;

    public bool IsAlive => !process.Exited.IsCompleted;

    /// <summary>How many events it will never answer.</summary>
    public int Withheld { get; private set; }

    /// <summary>Notes an answer that the parent will never get.</summary>
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
