using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// The events of one test with a child that goes wrong, and the check of what they and the controller end as.
/// </summary>
internal sealed class FaultRun(FakeHarness harness) : IAsyncDisposable
{
    private readonly Dictionary<string, Pending> _pendings = [];

    public Pending this[string key] => _pendings[key];

    public void Submit() => _pendings.Add(ControllerEvents.Submit.Name, harness.Controller.Submit(Nothing));

    public void Dispatch(params string[] keys)
    {
        foreach (string key in keys)
        {
            _pendings.Add(key, harness.Controller.Dispatch(key));
        }
    }

    public void Suspend() => harness.Controller.Suspend();

    public Task SettledAsync(params string[] keys) => Task.WhenAll(keys.Select(key => _pendings[key].StatusAsync()));

    /// <param name="expected">What is to become of the events.</param>
    /// <param name="open">The one event that stays open when the child leaves something out.</param>
    /// <param name="certain">Whether it is certain that the child was sent no other events than it knows.</param>
    public async Task CheckAsync(Expected expected, string open = "", bool certain = true)
    {
        await harness.ReachedAsync();
        if (expected is Expected.Retried or Expected.Refused or Expected.Lost)
        {
            await harness.PassTimeAsync(harness.First.Exited);
        }

        harness.Controller.Resume();
        if (expected == Expected.Harmless && open == "hold")
        {
            this[open].Cancel();
        }
        else if (expected == Expected.Open)
        {
            await SettledAsync([.. _pendings.Keys.Where(key => key != open)]);
            await harness.PassTimeAsync(
                harness.Controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(5)),
                slowly: true
            );
        }

        foreach ((string key, Pending pending) in _pendings)
        {
            await pending.StatusAsync();
            Assert.True(
                IsRight(expected, key, pending, certain),
                $"'{key}' ended as {pending.Status} ({pending.Exception?.Message})"
            );
        }

        if (expected == Expected.Open)
        {
            Assert.Equal(ControllerState.Stopped, harness.Controller.State);
        }
        else if (expected == Expected.Refused)
        {
            Assert.Equal(ChildState.Failed, harness.Child.State);
        }
        else
        {
            Assert.Equal("fake", Assert.Single(await harness.Controller.Dispatch("probe").Guarded()));
            Assert.Equal(expected is Expected.Retried or Expected.Lost ? 1 : 0, harness.Child.Restarts);
            await harness.StopAsync();
        }
    }

    public ValueTask DisposeAsync() => harness.DisposeAsync();

    private static void Nothing() { }

    private bool IsRight(Expected expected, string key, Pending pending, bool certain)
    {
        FakeChild child = harness.First;
        if (expected is Expected.Harmless or Expected.Retried)
        {
            return pending.Status == Settled(key);
        }

        if (expected == Expected.Refused)
        {
            return pending.Status == PendingStatus.ChildLost;
        }

        if (child.SaidSettled.Contains(key) || (expected == Expected.Lost && certain && !child.Received.Contains(key)))
        {
            return pending.Status == Settled(key);
        }

        if (expected == Expected.Open)
        {
            return pending.Status is PendingStatus.Cancelled or PendingStatus.Closed;
        }

        return IsLost(pending, child.SaidStarted.Contains(key))
            || (!certain && !child.Received.Contains(key) && pending.Status == PendingStatus.Completed);
    }

    private static bool IsLost(Pending pending, bool started) =>
        pending.Status == PendingStatus.ChildLost
        && ((ChildLostException)pending.Exception!).Started == (started ? true : null);

    private static PendingStatus Settled(string key) =>
        key switch
        {
            "hold" => PendingStatus.Cancelled,
            "late" => PendingStatus.TimedOut,
            _ => PendingStatus.Completed,
        };
}
