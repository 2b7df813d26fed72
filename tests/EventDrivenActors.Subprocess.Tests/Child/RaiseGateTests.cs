using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Child;

public sealed class RaiseGateTests
{
    private readonly RaiseGate _gate = new("orders");

    [Fact]
    public async Task Window_ThatIsFull_SlowsTheHandlerDown_UntilTheParentHasTakenSome()
    {
        Fill();
        Task next = Task.Factory.StartNew(
            () => _gate.TakePlace("up"),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        _gate.Taken(1, full: false);

        await next.Guarded();
    }

    [Fact]
    public void FullQueue_IsToldToTheHandler_UntilThereIsRoom()
    {
        _gate.TakePlace("up");
        _gate.Taken(1, full: true);

        QueueFullException full = Assert.Throws<QueueFullException>(() => _gate.TakePlace("up"));

        Assert.Contains("'orders' is full, so 'up' was not raised", full.Message);
        _gate.Taken(1, full: false);
        _gate.TakePlace("up");
    }

    [Fact]
    public void FullWindow_OnTheThreadThatReceives_IsToldAtOnce()
    {
        Fill();
        _gate.ReceivingThread = Environment.CurrentManagedThreadId;

        Assert.Throws<QueueFullException>(() => _gate.TakePlace("up"));
    }

    [Fact]
    public void PlaceOfWhatWasNotSent_ServesTheNext()
    {
        Fill();
        _gate.GiveBack();

        _gate.TakePlace("up");
    }

    [Fact]
    public void LinkThatHasEnded_KeepsNobodyWaiting()
    {
        Fill();
        _gate.Close();

        _gate.TakePlace("up");
    }

    private void Fill()
    {
        for (int number = 0; number < RaiseWindow.Most; number++)
        {
            _gate.TakePlace("up");
        }
    }
}
