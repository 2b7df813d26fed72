using EventDrivenActors.EventLoop;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit;

/// <summary>Runs the events of a paused controller one by one.</summary>
public static class SteppingExtensions
{
    /// <summary>
    /// Runs a controller or pool that takes no event until the test lets it, with <see cref="StepAsync"/>,
    /// <see cref="RunUntilIdleAsync"/> or <c>Resume</c>.
    /// </summary>
    /// <param name="controller">The controller, which does not run yet.</param>
    /// <param name="context">Context for this run.</param>
    public static void RunPaused(this IController controller, SessionContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(controller);
        controller.Suspend();
        controller.Run(context);
    }

    /// <summary>Lets a paused controller, or one worker of a paused pool, run exactly one queued event.</summary>
    /// <param name="controller">The controller of a kit, suspended.</param>
    /// <returns>
    /// The event, once its handlers have ended or suspended and the loops are quiet; <see langword="null"/> for the
    /// loop's own error event.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The controller is not paused, or has no event queued that it could take.
    /// </exception>
    public static async Task<RecordedEvent?> StepAsync(this IController controller)
    {
        (EventJournals journals, EventJournal journal, LoopFacade[] loops) = Paused(controller);
        await journals.Time.AdvanceAsync(TimeSpan.Zero).ConfigureAwait(journals.Work.IsOneThread);
        int before = journal.Count;
        if (!loops.Any(loop => loop.TryStep()))
        {
            throw new InvalidOperationException(
                $"The controller '{controller.Name}' has no event queued that it could take; dispatch one before "
                    + $"StepAsync.{Environment.NewLine}{journal}"
            );
        }

        await journals.Time.AdvanceAsync(TimeSpan.Zero).ConfigureAwait(journals.Work.IsOneThread);
        return journal.Count == before ? null : journal.Last[^1];
    }

    /// <summary>
    /// Lets a paused controller or pool run the queued events, and those that they queue, one after the other. It stays
    /// paused.
    /// </summary>
    /// <param name="controller">The controller of a kit, suspended.</param>
    /// <returns>The events, in order.</returns>
    /// <exception cref="InvalidOperationException">The controller is not paused.</exception>
    public static async Task<IReadOnlyList<RecordedEvent>> RunUntilIdleAsync(this IController controller)
    {
        (EventJournals journals, EventJournal journal, LoopFacade[] loops) = Paused(controller);
        List<RecordedEvent> ran = [];
        await journals.Time.AdvanceAsync(TimeSpan.Zero).ConfigureAwait(journals.Work.IsOneThread);
        for (int before = journal.Count; loops.Any(loop => loop.TryStep()); before = journal.Count)
        {
            await journals.Time.AdvanceAsync(TimeSpan.Zero).ConfigureAwait(journals.Work.IsOneThread);
            if (journal.Count > before)
            {
                ran.Add(journal.Last[^1]);
            }
        }

        return ran;
    }

    private static (EventJournals Journals, EventJournal Journal, LoopFacade[] Loops) Paused(IController controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        if (controller.State != ControllerState.Suspended)
        {
            throw new InvalidOperationException(
                $"The controller '{controller.Name}' is {controller.State} and takes events by itself; call RunPaused "
                    + "instead of Run, or SuspendAsync."
            );
        }

        EventJournals journals = EventJournals.Of(((ControllerBase)controller).System);
        LoopFacade[] loops = controller is ControllerPool pool
            ? [.. pool.Workers.Select(worker => worker.Loop)]
            : [((Controller)controller).Loop];
        return (journals, journals.Find(controller), loops);
    }
}
