namespace EventDrivenActors.TestKit;

public partial class ControllerTestKit
{
    /// <summary>Creates a probe that hears each event that a controller or pool takes from now on.</summary>
    /// <param name="controller">A controller or pool of a runtime of the kit.</param>
    /// <param name="keys">The keys to hear; none for all.</param>
    /// <returns>The probe.</returns>
    /// <exception cref="ArgumentException">No runtime of the kit created the controller.</exception>
    public EventProbe CreateEventProbe(IController controller, params object[] keys)
    {
        Recording.EventJournal journal = _journals.Find(controller);
        EventProbe probe = new(_journals, journal, $"'{controller.Name}' takes", keys, RemainingOrDefault);
        journal.OnTaken(probe.Hear);
        return probe;
    }

    /// <summary>
    /// Creates a probe that hears each event that the handlers of a controller or pool dispatch from now on, to any
    /// controller of the kit's runtimes.
    /// </summary>
    /// <param name="controller">A controller or pool of a runtime of the kit.</param>
    /// <param name="keys">The keys to hear; none for all.</param>
    /// <returns>
    /// The probe. The <see cref="RecordedEvent.Controller"/> of an event is the one that it was dispatched to.
    /// </returns>
    /// <exception cref="ArgumentException">No runtime of the kit created the controller.</exception>
    public EventProbe CreateOutboundProbe(IController controller, params object[] keys)
    {
        Recording.EventJournal journal = _journals.Find(controller);
        EventProbe probe = new(
            _journals,
            journal,
            $"handlers of '{controller.Name}' dispatch",
            keys,
            RemainingOrDefault
        );
        journal.OnSent(probe.Hear);
        return probe;
    }
}
