namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What a fake child does instead of a step.</summary>
public enum FaultKind
{
    /// <summary>It stands still from here on, heartbeats included, as under SIGSTOP.</summary>
    Freeze,

    /// <summary>It leaves this out and goes on.</summary>
    Withhold,

    /// <summary>It dies by a signal.</summary>
    Die,

    /// <summary>It exits with code 0.</summary>
    Leave,

    /// <summary>Its end of the socket is gone, and the process lives on.</summary>
    HangUp,

    /// <summary>It writes half of the bytes and then stands still.</summary>
    Half,

    /// <summary>It writes the bytes one by one.</summary>
    Trickle,

    /// <summary>It says something else.</summary>
    Lie,
}
