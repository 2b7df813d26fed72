using System.Globalization;
using Akka.Actor;

namespace EventDrivenActors.TestKit.Recording;

/// <content>Watched events, and findings.</content>
internal sealed partial class EventJournals
{
    /// <summary>Keeps a pending until the kit knows whether its failure was observed.</summary>
    public void Watch(IController controller, Pending pending)
    {
        lock (_gate)
        {
            _watched.Add((controller, pending));
            if (_watched.Count % Prune == 0)
            {
                _watched.RemoveAll(one => one.Pending.IsSettled && one.Pending.UnobservedException is null);
            }
        }
    }

    /// <summary>Keeps a dispatched event until it has settled.</summary>
    public void WatchSent(IController controller, Pending pending)
    {
        lock (_gate)
        {
            _sent.Add((controller, pending));
            if (_sent.Count % Prune == 0)
            {
                _sent.RemoveAll(one => one.Pending.IsSettled);
            }
        }
    }

    /// <summary>Adds a note at its place in the order of events.</summary>
    public void AddNote(string text)
    {
        lock (_gate)
        {
            if (_notes.Count == MostNotes)
            {
                _notes.Dequeue();
            }

            _notes.Enqueue(
                (
                    Interlocked.Increment(ref _recorded),
                    string.Create(CultureInfo.InvariantCulture, $"{Time.GetUtcNow() - Start:c} {text}")
                )
            );
        }
    }

    public void Add(KitFinding finding)
    {
        lock (_gate)
        {
            _findings.Add(finding);
        }
    }

    /// <summary>Takes the findings since the last call.</summary>
    public IReadOnlyList<KitFinding> TakeFindings()
    {
        lock (_gate)
        {
            List<KitFinding> taken = _findings;
            foreach ((IController controller, Pending pending) in _watched)
            {
                if (pending.UnobservedException is not null && pending.Exception is { } failure)
                {
                    taken.Add(
                        new KitFinding(
                            $"The event '{pending.Key}' of the controller '{controller.Name}' ended as "
                                + $"{pending.Status} and nobody awaited it.",
                            failure
                        )
                    );
                }
            }

            _watched.RemoveAll(one => one.Pending.IsSettled);
            _findings = [];
            return taken;
        }
    }

    /// <summary>Forgets all controllers so far; each has ended.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _journals.Clear();
            _inOrder = [];
            _watched = [];
            _findings = [];
            _children.Clear();
            _inProcess.Clear();
            _notes.Clear();
            _sent = [];
            Start = Time.GetUtcNow();
        }
    }

    /// <summary>
    /// The last events of all controllers in the order in which they were taken, and the notes between them.
    /// </summary>
    public string DescribeOrder()
    {
        lock (_gate)
        {
            IEnumerable<(long Number, string Text)> events = _inOrder
                .SelectMany(journal => journal.Last)
                .Select(one => (one.Number, one.ToString()));
            return string.Join(
                Environment.NewLine,
                events.Concat(_notes).OrderBy(one => one.Number).Select(one => $"  {one.Text}")
            );
        }
    }

    /// <summary>The dispatched events that have not settled, one per line.</summary>
    public string DescribeOpen()
    {
        lock (_gate)
        {
            return string.Join(
                Environment.NewLine,
                _sent
                    .Where(one => !one.Pending.IsSettled)
                    .Select(one => $"  '{one.Pending.Key}' of '{one.Controller.Name}' is {one.Pending.Status}")
            );
        }
    }

    public string Describe()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _inOrder);
        }
    }

    private sealed class Provider : ExtensionIdProvider<EventJournals>
    {
        public override EventJournals CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
