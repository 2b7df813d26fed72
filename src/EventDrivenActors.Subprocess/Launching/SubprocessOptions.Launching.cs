using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors;

/// <content>What the children are made of.</content>
public sealed partial class SubprocessOptions
{
    /// <summary>Starts the children.</summary>
    /// <value>Default null: processes.</value>
    internal ChildLauncher? Launcher { get; set; }
}
