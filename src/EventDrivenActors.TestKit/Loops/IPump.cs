namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs all the loops' work in an order of its own choice.</summary>
internal interface IPump
{
    /// <summary>Queues an action. Any thread.</summary>
    void Add(Action action);

    /// <summary>Completes when nothing else is left to do.</summary>
    Task WhenQuietAsync();
}
