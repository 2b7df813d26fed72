using EventDrivenActors.Handlers;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <content>What bound handlers do.</content>
public sealed partial class HandlerBinderTests
{
    [Theory]
    [MemberData(nameof(Returns))]
    public async Task Bind_EveryReturnType_GivesItsResult(Delegate handler, object? expected) =>
        Assert.Equal(expected, await CallAsync(handler));

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Bind_EveryParameter_IsFilledFromTheEvent(Delegate handler, object? expected) =>
        Assert.Equal(expected, await CallAsync(handler));

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task Bind_ArgumentsByPosition_AreFilledFromTheEvent(Delegate handler, object? expected) =>
        Assert.Equal(expected, await CallAsync(handler, [1, "b", null, 2.5, "e", 'f']));

    [Fact]
    public async Task Bind_Multicast_RunsAllAndGivesTheLastResult()
    {
        List<int> ran = [];
        Func<int> first = () =>
        {
            ran.Add(1);
            return 1;
        };
        Func<int> second = () =>
        {
            ran.Add(2);
            return 2;
        };
        Assert.Equal(2, await CallAsync(first + second));
        Assert.Equal([1, 2], ran);
    }

    [Fact]
    public async Task Bind_MulticastOfTasks_RunsOneAfterTheOther()
    {
        List<int> ran = [];
        Func<Task<int>> first = async () =>
        {
            await Task.Yield();
            ran.Add(1);
            return 1;
        };
        Func<Task<int>> second = () =>
        {
            ran.Add(2);
            return Task.FromResult(2);
        };
        Assert.Equal(2, await CallAsync(first + second));
        Assert.Equal([1, 2], ran);
    }

    [Fact]
    public async Task Bind_FailingHandlers_GiveTheirOwnException()
    {
        Delegate[] handlers =
        [
            Task () => throw Failure,
            () => Task.FromException(Failure),
            () => Task.FromException<int>(Failure),
            () => ValueTask.FromException(Failure),
            () => ValueTask.FromException<int>(Failure),
            async () =>
            {
                await Task.Yield();
                throw Failure;
            },
            () => Task.FromResult(Task.FromException(Failure)),
            object () => Task.FromException(Failure),
            () => Task.FromException(Failure).ConfigureAwait(false),
        ];
        foreach (Delegate handler in handlers)
        {
            Assert.Same(Failure, await Record.ExceptionAsync(() => CallAsync(handler)));
        }
    }

    [Fact]
    public async Task Bind_NullTask_SaysWhatTheHandlerReturned()
    {
        foreach (
            Delegate handler in new Delegate[]
            {
                () => (Task)null!,
                () => (Task<int>)null!,
                () => Task.FromResult<Task>(null!),
                () => Task.FromResult<Task<int>>(null!),
            }
        )
        {
            InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                CallAsync(handler)
            );
            Assert.Contains("returned null instead of a task", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bind_WhatNoEventCanFill_IsRefusedByName(Delegate handler, string text) =>
        Assert.Contains(
            text,
            Assert.Throws<ArgumentException>(() => HandlerBinder.Bind(handler)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Call_WithTooFewArguments_NamesHandlerAndPosition()
    {
        ArgumentException failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            CallAsync(static (int a, int b) => { }, [1])
        );
        Assert.Contains(
            "takes an argument 2 of type Int32, but the event 'run' has 1",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            nameof(Call_WithTooFewArguments_NamesHandlerAndPosition),
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(5)]
    [InlineData(null)]
    public async Task Call_WithAValueOfAnotherType_NamesBothTypes(object? value)
    {
        Delegate handler = value is null ? static (int number) => { } : static (string text) => { };
        LoopRig rig = new(new MappingBlueprint().On("run", handler));
        rig.Loop.Run(null);
        CountingPending pending = rig.Dispatch("run", value);
        rig.Pump();
        ArgumentException failure = await Assert.ThrowsAsync<ArgumentException>(async () => await pending);
        Assert.Contains(
            value is null ? "is 'null' (null)" : "is '5' (Int32)",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(value is null ? "takes a Int32" : "takes a String", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> CallAsync(Delegate handler, object?[]? args = null)
    {
        LoopRig rig = new(new MappingBlueprint().On("run", handler));
        rig.Loop.Run(null);
        using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
        Pending pending = new(rig.Loop, "run", "value", null, args, null);
        rig.Loop.Accept(new EventDrivenActors.EventLoop.Mailbox.QueuedEvent(pending));
        return (await pending.AsTask().WaitAsync(TestSupport.HangGuard.Limit))[0];
    }
}
