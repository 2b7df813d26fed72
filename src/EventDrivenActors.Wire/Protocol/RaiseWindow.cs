namespace EventDrivenActors.Wire.Protocol;

/// <summary>How many events that handlers raise may be on their way to the parent's queue.</summary>
internal static class RaiseWindow
{
    /// <summary>More than these break the protocol.</summary>
    public const int Most = 256;

    /// <summary>After taking so many events the parent says so, where it has nothing else to say.</summary>
    public const int Told = Most / 4;
}
