using System.Globalization;
using Akka.Actor;

namespace EventDrivenActors.TestKit.Recording;

/// <content>Events that are watched, and findings.</content>
internal sealed partial class EventJournals
{
    /// <summary>Keeps a pending until it is known whether its failure was observed.</summary>
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

    /// <summary>Keeps what is dispatched.</summary>
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

    /// <summary>Notes something beside the events, at its place in their order.</summary>
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

    /// <summary>What went wrong since the last call.</summary>
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

    /// <summary>Forgets the controllers so far, all of which have ended.</summary>
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
    /// The last events of all controllers in the order in which they were taken, and what was noted between them.
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

    /// <summary>What was dispatched and has not settled, a line each.</summary>
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
