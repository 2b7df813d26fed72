namespace EventDrivenActors.Waits;

/// <summary>Whether something can come about before a certain end.</summary>
internal enum NeedVerdict
{
    /// <summary>It can.</summary>
    Free,

    /// <summary>It cannot, because others keep it from coming about, also after that end.</summary>
    BlockedElsewhere,

    /// <summary>It can only come about after that end.</summary>
    OnlyAfter,
}
