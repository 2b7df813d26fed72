namespace EventDrivenActors.Chaos.Crashes;

/// <summary>A place in the way of an event where user code runs.</summary>
internal enum CrashPoint
{
    /// <summary>In the child, while the event's argument is read.</summary>
    ReadingArgument,

    /// <summary>In the handler.</summary>
    Running,

    /// <summary>In the child, while the handler's result is written.</summary>
    WritingResult,

    /// <summary>On the child's finalizer thread.</summary>
    Finalizer,
}
