using System.Threading.Channels;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Recording;
using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>Hears the events of one controller or pool, and lets a test expect them one after the other.</summary>
/// <remarks>
/// A probe hears an event when the controller takes it, before its handlers, as a listener would; an outbound probe
/// hears it when a handler dispatches it. An expectation returns when the loops are quiet again, so that everything
/// that follows from the event without time passing has happened. <see cref="ControllerTestKit"/> creates probes.
/// </remarks>
public sealed class EventProbe
{
    private readonly EventJournals _journals;
    private readonly EventJournal _journal;
    private readonly string _what;
    private readonly TimeSpan _timeout;
    private readonly Lock _gate = new();
    private readonly Channel<RecordedEvent> _next = Channel.CreateUnbounded<RecordedEvent>();

    // Filled by the constructor, then only read.
    private readonly HashSet<object> _keys;

    // Under _gate.
    private readonly List<RecordedEvent> _heard = [];

    internal EventProbe(
        EventJournals journals,
        EventJournal journal,
        string what,
        IEnumerable<object> keys,
        TimeSpan timeout
    )
    {
        _journals = journals;
        _journal = journal;
        _what = what;
        _timeout = timeout;
        _keys = [.. keys.Select(EventKey.Unwrap)];
    }

    /// <summary>All events that the probe has heard so far, expected or not.</summary>
    public IReadOnlyList<RecordedEvent> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Expects the next event to have this key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="timeout">The longest wait in real time, 100 ns to 10 years, or infinite; default Akka's
    /// <c>single-expect-default</c>, 3 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event.</returns>
    /// <exception cref="XunitException">Another event came, or none.</exception>
    public async Task<RecordedEvent> ExpectEventAsync(
        object key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        RecordedEvent next = await NextAsync($"the event '{key}'", timeout, cancellationToken)
            .ConfigureAwait(_journals.Work.IsOneThread);
        if (!next.Key.Equals(EventKey.Unwrap(key)))
        {
            throw Failure(
                $"Expected the event '{key}' next among those that {_what}, but '{next.Key}' came instead: {next}"
            );
        }

        await SettleAsync().ConfigureAwait(_journals.Work.IsOneThread);
        return next;
    }

    /// <summary>Expects the next event to have this key and a value of this type.</summary>
    /// <typeparam name="TValue">The type of its value.</typeparam>
    /// <inheritdoc cref="ExpectEventAsync(object, TimeSpan?, CancellationToken)"/>
    /// <returns>The event's value.</returns>
    public async Task<TValue> ExpectEventAsync<TValue>(
        object key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) =>
        ValueOf<TValue>(
            await ExpectEventAsync(key, timeout, cancellationToken).ConfigureAwait(_journals.Work.IsOneThread)
        );

    /// <inheritdoc cref="ExpectEventAsync{TValue}(object, TimeSpan?, CancellationToken)"/>
    public Task<TValue> ExpectEventAsync<TValue>(
        EventKey<TValue> key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) => ExpectEventAsync<TValue>((object)key, timeout, cancellationToken);

    /// <typeparam name="TValue">The type of its value.</typeparam>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <inheritdoc cref="ExpectEventAsync{TValue}(object, TimeSpan?, CancellationToken)"/>
    public Task<TValue> ExpectEventAsync<TValue, TResult>(
        EventKey<TValue, TResult> key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) => ExpectEventAsync<TValue>((object)key, timeout, cancellationToken);

    /// <summary>Expects the next events to have these keys, in this order and with no event between them.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>The events.</returns>
    /// <exception cref="XunitException">Another event came, or none.</exception>
    public async Task<IReadOnlyList<RecordedEvent>> ExpectEventsInOrderAsync(params object[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        List<RecordedEvent> came = [];
        foreach (object key in keys)
        {
            RecordedEvent next = await NextAsync($"the event '{key}'", null, default, came)
                .ConfigureAwait(_journals.Work.IsOneThread);
            came.Add(next);
            if (!next.Key.Equals(EventKey.Unwrap(key)))
            {
                throw Failure(
                    $"Expected the events {Names(keys)} in this order among those that {_what}, but "
                        + $"{Names(came.Select(one => one.Key))} came."
                );
            }
        }

        await SettleAsync().ConfigureAwait(_journals.Work.IsOneThread);
        return came;
    }

    /// <summary>Expects that no further event has come when the loops are quiet.</summary>
    /// <returns>A task that completes when no loop has work left that could bring an event. No time passes.</returns>
    /// <remarks>A handler that awaits time, another event or something real may bring one later.</remarks>
    /// <exception cref="XunitException">An event came.</exception>
    public async Task ExpectNoEventAsync()
    {
        await _journals.Time.AdvanceAsync(TimeSpan.Zero).ConfigureAwait(_journals.Work.IsOneThread);
        if (_next.Reader.TryRead(out RecordedEvent? came))
        {
            throw Failure($"Expected no further event among those that {_what}, but '{came.Key}' came: {came}");
        }
    }

    /// <summary>Skips events until one with this key comes.</summary>
    /// <inheritdoc cref="ExpectEventAsync(object, TimeSpan?, CancellationToken)"/>
    public Task<RecordedEvent> FishForEventAsync(
        object key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        object bare = EventKey.Unwrap(key);
        return FishAsync(one => one.Key.Equals(bare), $"the event '{key}'", timeout, cancellationToken);
    }

    /// <summary>Skips events until one with this key comes.</summary>
    /// <inheritdoc cref="ExpectEventAsync{TValue}(EventKey{TValue}, TimeSpan?, CancellationToken)"/>
    public async Task<TValue> FishForEventAsync<TValue>(
        EventKey<TValue> key,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) =>
        ValueOf<TValue>(
            await FishForEventAsync((object)key, timeout, cancellationToken).ConfigureAwait(_journals.Work.IsOneThread)
        );

    /// <summary>Skips events until a function accepts one.</summary>
    /// <param name="accept">Returns whether to accept an event.</param>
    /// <param name="timeout">The longest wait in real time; default Akka's <c>single-expect-default</c>, 3 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event.</returns>
    /// <exception cref="XunitException">The function accepted none.</exception>
    public Task<RecordedEvent> FishForEventAsync(
        Func<RecordedEvent, bool> accept,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) => FishAsync(accept, "an event that the function accepts", timeout, cancellationToken);

    internal void Hear(RecordedEvent heard)
    {
        if (_keys.Count > 0 && !_keys.Contains(heard.Key))
        {
            return;
        }

        lock (_gate)
        {
            _heard.Add(heard);
        }

        _next.Writer.TryWrite(heard);
    }

    private async Task<RecordedEvent> FishAsync(
        Func<RecordedEvent, bool> accept,
        string wanted,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        List<RecordedEvent> passed = [];
        while (true)
        {
            RecordedEvent next = await NextAsync(wanted, timeout, cancellationToken, passed)
                .ConfigureAwait(_journals.Work.IsOneThread);
            if (accept(next))
            {
                await SettleAsync().ConfigureAwait(_journals.Work.IsOneThread);
                return next;
            }

            passed.Add(next);
        }
    }

    private async Task<RecordedEvent> NextAsync(
        string wanted,
        TimeSpan? timeout,
        CancellationToken cancellationToken,
        IReadOnlyCollection<RecordedEvent>? before = null
    )
    {
        _journals.Work.ThrowIfInside();
        TimeSpan limit = RealLimit.Of(TimeOption.Require(timeout, nameof(timeout)) ?? _timeout);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(limit);
        try
        {
            return await _next.Reader.ReadAsync(late.Token).ConfigureAwait(_journals.Work.IsOneThread);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            string came = before is { Count: > 0 } ? $" {Names(before.Select(one => one.Key))} came before." : "";
            throw Failure(
                $"Expected {wanted} among those that {_what}, but none came within {limit.TotalSeconds} s.{came}"
            );
        }
    }

    /// <summary>
    /// Waits until the work that the event has caused has ended. If it does not end, the test goes on.
    /// </summary>
    private async Task SettleAsync()
    {
        try
        {
            await _journals.Work.WhenQuietAsync().ConfigureAwait(_journals.Work.IsOneThread);
        }
        catch (TimeoutException)
        {
            // The expected event has come.
        }
    }

    private TValue ValueOf<TValue>(RecordedEvent one) =>
        one.Value is TValue value
            ? value
            : throw Failure(
                $"Expected the event '{one.Key}' to have a value of type {typeof(TValue).Name}, but it is "
                    + $"{one.Value?.GetType().Name ?? "null"}: {one}"
            );

    private static string Names(IEnumerable<object> keys) => string.Join(", ", keys.Select(key => $"'{key}'"));

    private XunitException Failure(string message) => new($"{message}{Environment.NewLine}{_journal}");
}
