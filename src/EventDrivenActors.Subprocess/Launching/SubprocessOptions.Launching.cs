using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors;

/// <content>What the children are made of.</content>
public sealed partial class SubprocessOptions
{
    /// <summary>Starts the children.</summary>
    /// <value>Default null: processes.</value>
    internal ChildLauncher? Launcher { get; set; }

    /// <summary>The clock of the link: starts, signs of life, ends. A test that moves the clock of the controller must not make a living child look dead.</summary>
    /// <value>Default null: the controller's.</value>
    internal TimeProvider? LinkTime { get; set; }

    /// <summary>Says how many bytes of memory a process takes.</summary>
    internal Func<int, long> MeasureMemory { get; set; } = ProcessMemory.Of;
}
