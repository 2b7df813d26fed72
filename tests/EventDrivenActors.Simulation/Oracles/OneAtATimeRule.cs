using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P2: "A controller runs one handler at a time. A pool of N runs at most N, whatever Resize does meanwhile", and a
/// child as many as it has workers.
/// </summary>
internal sealed class OneAtATimeRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            new Count(node).Check(found);
        }
    }

    /// <remarks>
    /// A worker with a queue of its own still runs the events that it had queued before it had to leave. Where there
    /// are filters, or a task of a task, no note says when it took an event. In these cases the largest size counts.
    /// </remarks>
    private sealed class Count(NodeStory node)
    {
        private readonly List<Note> _running = [];

        /// <summary>
        /// The handlers that ran when the pool became smaller; until they have ended, the earlier size counts.
        /// </summary>
        private readonly List<Note> _leaving = [];

        private int _size = Math.Max(1, node.Spec.Workers);
        private bool _isEnding;
        private int _limit = Math.Max(1, node.Spec.Workers);

        public void Check(List<Breach> found)
        {
            foreach (Note note in node.Notes)
            {
                switch (note.Kind)
                {
                    case NoteKind.Started when note.Text is not ("Deferred" or "Mapped"):
                        _running.Add(note);
                        CheckLimit(note, found);
                        break;
                    case NoteKind.Ended when note.Text != "Deferred":
                        Remove(_running, note);
                        Remove(_leaving, note);
                        _limit =
                            _leaving.Count == 0
                            && node.SharesOneQueue
                            && node.Spec.Adapters.Count == 0
                            && node.Spec.Keys.All(key => key.Shape != HandlerShape.Nested)
                                ? _size
                                : _limit;
                        break;
                    case NoteKind.CallBegun
                        when node.Spec.IsPool
                            && node.Calls.Exists(call =>
                                call is { Kind: StepKind.Resize, Succeeded: true } && call.Begun == note
                            ):
                        Resize((int)note.Count);
                        break;
                    case NoteKind.CallBegun when note.Text.StartsWith("Shutdown", StringComparison.Ordinal):
                        _isEnding = true;
                        break;
                    case NoteKind.CallBegun when _isEnding && note.Text.StartsWith("Run", StringComparison.Ordinal):
                        // Handlers that outlive an abort do not belong to the next run.
                        _isEnding = false;
                        _running.RemoveAll(one => one.Child == 0);
                        _leaving.Clear();
                        break;
                }
            }
        }

        private void Resize(int size)
        {
            if (size < _size)
            {
                _leaving.AddRange(_running.Where(one => one.Child == 0 && !_leaving.Contains(one)));
            }

            _size = Math.Max(1, size);
            _limit =
                _leaving.Count == 0
                && node.SharesOneQueue
                && node.Spec.Adapters.Count == 0
                && node.Spec.Keys.All(key => key.Shape != HandlerShape.Nested)
                    ? _size
                    : Math.Max(_limit, _size);
        }

        private void CheckLimit(Note started, List<Breach> found)
        {
            int limit = started.Child == 0 ? _limit : node.Spec.Child?.Workers ?? 1;
            List<Note>? beside = null;
            int count = 0;
            foreach (Note one in _running)
            {
                count += one.Child == started.Child ? 1 : 0;
            }

            if (count > limit)
            {
                beside = [.. _running.Where(one => one.Child == started.Child)];
                string place = started.Child == 0 ? node.Name : $"the child {started.Child} of {node.Name}";
                found.Add(
                    new Breach(
                        "P2",
                        $"{count} handlers run at a time in {place}, which may run {limit}: '{started.Key}' "
                            + $"#{started.Work} started beside "
                            + $"{string.Join(", ", beside.SkipLast(1).Select(one => $"#{one.Work}"))}.",
                        beside
                    )
                );
            }
        }

        private static void Remove(List<Note> running, Note ended)
        {
            for (int i = 0; i < running.Count; i++)
            {
                Note one = running[i];
                if (
                    one.Event == ended.Event
                    && one.Work == ended.Work
                    && one.Child == ended.Child
                    && one.Worker == ended.Worker
                    && one.Attempt == ended.Attempt
                )
                {
                    running.RemoveAt(i);
                    return;
                }
            }
        }
    }
}
