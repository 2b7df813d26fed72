namespace EventDrivenActors.TestKit;

public partial class ControllerTestKit
{
    /// <summary>Makes a probe that hears what a controller or pool takes from now on.</summary>
    /// <param name="controller">A controller or pool of a runtime of the kit.</param>
    /// <param name="keys">The keys to hear; all when there are none.</param>
    /// <returns>The probe.</returns>
    /// <exception cref="ArgumentException">The controller was made elsewhere.</exception>
    public EventProbe CreateEventProbe(IController controller, params object[] keys)
    {
        Recording.EventJournal journal = _journals.Find(controller);
        EventProbe probe = new(_journals, journal, $"'{controller.Name}' takes", keys, RemainingOrDefault);
        journal.OnTaken(probe.Hear);
        return probe;
    }

    /// <summary>
    /// Makes a probe that hears what the handlers of a controller or pool dispatch from now on, to any controller of
    /// the kit's runtimes.
    /// </summary>
    /// <param name="controller">A controller or pool of a runtime of the kit.</param>
    /// <param name="keys">The keys to hear; all when there are none.</param>
    /// <returns>
    /// The probe; each <see cref="RecordedEvent.Controller"/> is the one that the event was dispatched to.
    /// </returns>
    /// <exception cref="ArgumentException">The controller was made elsewhere.</exception>
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
