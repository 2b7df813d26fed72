namespace EventDrivenActors.TestKit.Children;

/// <summary>The faults that a child meets among the bytes that it sends.</summary>
internal interface IByteFaults
{
    /// <summary>Applies the fault that waits at the hello, as far as it happens before the hello.</summary>
    /// <returns>The fault, or null.</returns>
    SimulatedFault? MeetHello();

    /// <summary>Applies the part of the fault that happens after the hello.</summary>
    void AfterHello(SimulatedFault fault);

    /// <summary>Returns how many of the next bytes leave before the child dies.</summary>
    int MaySend(int sent, int length);

    /// <summary>Ends the child as a crash would.</summary>
    void DieOfBytes();
}
