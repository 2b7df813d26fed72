using System.Reflection;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The options of a connection to a new child. The callbacks come from threads of the link and must not block.
/// </summary>
internal sealed record ParentConnectionOptions
{
    /// <summary>The user's actor system; its configuration decides, and its end ends the links.</summary>
    public required ActorSystem System { get; init; }

    public required ILinkPeer Peer { get; init; }

    /// <summary>Starts the child.</summary>
    /// <value>Default: null, a process of <see cref="Plan"/>.</value>
    public ChildLauncher? Launcher { get; init; }

    /// <summary>How to start the child's process.</summary>
    /// <value>Default: <see cref="LaunchPlan.ForThisProcess"/>.</value>
    public LaunchPlan? Plan { get; init; }

    /// <summary>The user's choices for the child's process.</summary>
    public ChildPlacement Placement { get; init; } = new();

    /// <summary>For the child's program, opaque to the link.</summary>
    public ReadOnlyMemory<byte> Configuration { get; init; }

    /// <summary>The program to run in the child: an <c>IChildProgram</c>.</summary>
    /// <value>Default: null, the worker.</value>
    public Type? Program { get; init; }

    /// <summary>
    /// The assemblies of which the child must have the same build. This library and that of the wire always belong to
    /// them.
    /// </summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>Replaces the settings of <see cref="System"/>.</summary>
    public SubprocessSettings? Settings { get; init; }

    /// <summary>How many calls may be in flight, for the page in which the child marks those that it starts.</summary>
    /// <value>Default 0: there is none.</value>
    public int Slots { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The clock of the set-up's limit.</summary>
    /// <value>Default null: <see cref="Time"/>.</value>
    public TimeProvider? SetupTime { get; init; }

    /// <summary>The clock of the time that last words may take.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider EndTime { get; init; } = TimeProvider.System;

    /// <summary>Limits how many children are started at a time.</summary>
    /// <value>Default null: no limit, as for children that are not processes.</value>
    public StartTurns? Turns { get; init; }

    /// <summary>Called with the process once it is started, before it is connected.</summary>
    public Action<int>? OnLaunched { get; init; }

    /// <summary>Called for every line that the child writes.</summary>
    public Action<OutputLine>? OnOutput { get; init; }

    /// <summary>Called when a silence of the child has come to something; a frozen child is then killed.</summary>
    public Action<ChildSilence>? OnSilence { get; init; }
}
