namespace EventDrivenActors.TestKit.Timing;

/// <summary>The place where loops run, as the clock sees it.</summary>
internal interface IQuietPlace
{
    /// <summary>Whether one thread runs all loops and the test, so that continuations must run on it.</summary>
    bool IsOneThread { get; }

    /// <summary>Throws when the caller is a handler of one of the loops.</summary>
    void ThrowIfInside();

    /// <summary>Completes when no loop has runnable work.</summary>
    Task WhenQuietAsync();

    /// <summary>Blocks until no loop has runnable work.</summary>
    void WaitUntilQuiet();

    /// <summary>Queues an action with the work of the loops.</summary>
    void Run(Action action);
}
