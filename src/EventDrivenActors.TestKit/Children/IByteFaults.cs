namespace EventDrivenActors.TestKit.Children;

/// <summary>The faults of a child that have their place among the bytes that it sends.</summary>
internal interface IByteFaults
{
    /// <summary>Comes to the hello, and does what is to happen before it.</summary>
    /// <returns>The fault that waited there.</returns>
    SimulatedFault? MeetHello();

    /// <summary>Does what is to happen after the hello.</summary>
    void AfterHello(SimulatedFault fault);

    /// <summary>How many of the next bytes leave before the child dies.</summary>
    int MaySend(int sent, int length);

    /// <summary>Ends the child among its bytes.</summary>
    void DieOfBytes();
}
