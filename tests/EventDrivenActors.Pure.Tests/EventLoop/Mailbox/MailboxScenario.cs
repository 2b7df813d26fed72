using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

/// <summary>
/// Takes a mailbox with several consumers through commands, beside a list of its items and a list of its idle
/// consumers.
/// </summary>
internal sealed class MailboxScenario
{
    private readonly EventMailbox _mailbox;
    private readonly bool _shared;
    private readonly FakeConsumer[] _consumers;
    private readonly List<(object Item, bool Cleaned)> _items = [];
    private readonly Queue<object> _urgent = new();
    private readonly List<FakeConsumer> _idle = [];
    private readonly HashSet<FakeConsumer> _woken = [];
    private FakeConsumer? _called;
    private readonly OwnerStub _owner = new();
    private bool _open = true;
    private int _last;

    private MailboxScenario(bool shared)
    {
        _shared = shared;
        _mailbox = new EventMailbox(shared: shared);
        _consumers = [.. Enumerable.Range(0, shared ? 3 : 1).Select(i => new FakeConsumer(i))];
    }

    public static void Run(bool shared, (MailboxAct Act, int A)[] commands)
    {
        MailboxScenario scenario = new(shared);
        foreach ((MailboxAct act, int a) in commands)
        {
            scenario.Apply(act, a);
            scenario.Check();
        }
    }

    private bool IsEmpty => _urgent.Count == 0 && _items.TrueForAll(item => item.Cleaned);

    private void Apply(MailboxAct act, int a)
    {
        FakeConsumer consumer = _consumers[a % _consumers.Length];
        switch (act)
        {
            case MailboxAct.Add:
                Add([++_last], _mailbox.Add(new QueuedEvent(_last)));
                break;
            case MailboxAct.AddPending:
                CountingPending pending = new(_owner, "key", null);
                Add([pending], _mailbox.Add(new QueuedEvent(pending)));
                break;
            case MailboxAct.AddMany:
                Add([.. Enumerable.Repeat<object>("many", a)], _mailbox.AddMany("many", new object?[a]));
                break;
            case MailboxAct.Urgent:
                _urgent.Enqueue(++_last);
                WakeNext();
                _mailbox.AddUrgent(new QueuedEvent(_last));
                break;
            case MailboxAct.Take:
                Take(consumer);
                break;
            case MailboxAct.Enlist:
                consumer.Return();
                Came(consumer);
                Register(consumer);
                if (!IsEmpty)
                {
                    WakeNext();
                }

                _mailbox.Enlist(consumer);
                break;
            case MailboxAct.Leave:
                Leave(consumer);
                break;
            case MailboxAct.Clean:
                int count = _items.Count(item => !item.Cleaned);
                Assert.Equal(count, _mailbox.SettleQueued(EventOutcome.Cancelled));
                CleanItems();
                break;
            case MailboxAct.Close:
                _open = false;
                _mailbox.Close();
                break;
            case MailboxAct.Reopen:
                _open = true;
                _mailbox.Reopen();
                break;
        }
    }

    private void Add(object[] items, AddResult result)
    {
        Assert.Equal(_open ? AddResult.Added : AddResult.Closed, result);
        if (_open)
        {
            _items.AddRange(items.Select(item => (item, false)));
            if (items.Length > 0)
            {
                WakeNext();
            }
        }
    }

    private void Take(FakeConsumer consumer)
    {
        consumer.Return();
        Came(consumer);
        bool taken = _mailbox.TryTake(consumer, out QueuedEvent item, out bool dropped);
        if (_urgent.TryDequeue(out object? urgent))
        {
            Assert.True(taken && !dropped && item.Key.Equals(urgent));
        }
        else if (_items.Count > 0)
        {
            (object head, bool cleaned) = _items[0];
            _items.RemoveAt(0);
            Assert.True(
                taken && (item.Pending ?? item.Key).Equals(head),
                $"'{item.Key}' was taken instead of '{head}'."
            );
            Assert.True(dropped == (cleaned && head is not Pending), $"'{head}' was {(dropped ? "" : "not ")}dropped.");
        }
        else
        {
            Assert.False(taken);
            Register(consumer);
        }

        if (taken && _shared)
        {
            _idle.Remove(consumer);
        }

        if (taken && !IsEmpty)
        {
            WakeNext();
        }
    }

    private void Leave(FakeConsumer consumer)
    {
        Came(consumer);
        _idle.Remove(consumer);
        if (!IsEmpty)
        {
            WakeNext();
        }

        _mailbox.Delist(consumer);
        consumer.Return();
    }

    private void Came(FakeConsumer consumer)
    {
        _woken.Remove(consumer);
        _called = ReferenceEquals(_called, consumer) ? null : _called;
    }

    private void CleanItems()
    {
        foreach ((object item, _) in _items)
        {
            Assert.True(
                item is not CountingPending pending
                    || (pending.Settled == 1 && pending.Status == PendingStatus.Cancelled)
            );
        }

        List<(object, bool)> kept = _shared ? [] : [.. _items.Select(item => (item.Item, true))];
        _items.Clear();
        _items.AddRange(kept);
    }

    private void Register(FakeConsumer consumer)
    {
        if (!_idle.Contains(consumer))
        {
            _idle.Add(consumer);
        }
    }

    private void WakeNext()
    {
        // One at a time: who comes calls the next.
        if (_called is null && _idle.Count > 0)
        {
            _called = _idle[0];
            _woken.Add(_idle[0]);
            _idle.RemoveAt(0);
        }
    }

    private void Check()
    {
        Assert.Equal(IsEmpty, _mailbox.IsEmpty);
        foreach (FakeConsumer consumer in _consumers)
        {
            Assert.True(
                consumer.IsWoken == _woken.Contains(consumer),
                $"The {consumer} was {(consumer.IsWoken ? "" : "not ")}woken."
            );
        }

        Assert.True(
            IsEmpty || _idle.Count == 0 || _called is not null,
            "There is work and an idle consumer, and none was called."
        );
    }

    private sealed class OwnerStub : IEventOwner<Pending>
    {
        public string Name => "owner";

        public TimeProvider TimeProvider => TimeProvider.System;

        public void CancelRunning(Pending pending) => throw new NotSupportedException();

        public bool Withdraw(Pending pending) => throw new NotSupportedException();

        public Action? LeftQueue(Pending pending, PendingStatus status) => throw new NotSupportedException();

        public void LogBroken(Exception exception) => throw new NotSupportedException();

        public INeed? NeedOf(Pending pending) => null;

        public bool TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
            throw new NotSupportedException();

        public void LogUnobserved(object key, Exception exception) => throw new NotSupportedException();
    }
}
