namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs all work of the loops, in an order that it chooses.</summary>
internal interface IPump
{
    /// <summary>Queues an action. Any thread.</summary>
    void Add(Action action);

    /// <summary>Completes when nothing else is left to do.</summary>
    Task WhenQuietAsync();
}
