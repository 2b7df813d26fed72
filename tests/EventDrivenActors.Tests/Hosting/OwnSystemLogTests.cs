using Akka.Event;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>
/// At which level the actor system of a runtime logs, and that its planned end is not logged unless the user has set a
/// level.
/// </summary>
public sealed class OwnSystemLogTests
{
    [Fact]
    public async Task Level_IsInfo_AndWarningWhenTheRuntimeEnds()
    {
        EventRuntime runtime = EventRuntime.Create();
        LoggingBus log = runtime.System.EventStream;
        Assert.Equal(LogLevel.InfoLevel, log.LogLevel);

        await runtime.DisposeAsync().AsTask().Guarded();

        Assert.Equal(LogLevel.WarningLevel, log.LogLevel);
    }

    [Fact]
    public async Task Level_ThatTheConfigurationNames_StaysToTheEnd()
    {
        EventRuntime runtime = EventRuntime.Create(options =>
            options.Configuration = "akka { loglevel = INFO, loggers = [] }"
        );
        LoggingBus log = runtime.System.EventStream;

        await runtime.DisposeAsync().AsTask().Guarded();

        Assert.Equal(LogLevel.InfoLevel, log.LogLevel);
    }

    [Theory]
    [InlineData(LogLevel.ErrorLevel)]
    [InlineData((LogLevel)int.MaxValue)]
    public async Task Level_ThatWasRaisedMeanwhile_IsNotLowered(LogLevel raised)
    {
        EventRuntime runtime = EventRuntime.Create();
        LoggingBus log = runtime.System.EventStream;
        log.SetLogLevel(raised);

        await runtime.DisposeAsync().AsTask().Guarded();

        Assert.Equal(raised, log.LogLevel);
    }
}
