using Akka.Event;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>What a child's actor system logs is in the log of its parent.</summary>
public sealed class ChildLogTests : IAsyncLifetime
{
    private const string Source = "the child's";
    private readonly EventRuntime _runtime = EventRuntime.Create(options =>
        options.Configuration = "akka { loglevel = INFO, loggers = [] }"
    );
    private readonly Journal<LogEvent> _heard = new();
    private Controller _controller = null!;

    public Task InitializeAsync()
    {
        LogTap.Attach(
            _runtime.System,
            log =>
            {
                if (log.LogSource.StartsWith(Source) || log.Message.ToString()!.Contains("more events"))
                {
                    _heard.Add(log);
                }
            }
        );
        _controller = _runtime.CreateController(options =>
            options.AddSubprocess(child => child.RunInProcess().Use<Setup>())
        );
        _controller.Run();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task Log_OfTheChild_ArrivesInOrderWithLevelSourceAndProcess()
    {
        await LogAsync(LogLevel.InfoLevel, "one");
        await LogAsync(LogLevel.WarningLevel, "two");
        await LogAsync(LogLevel.ErrorLevel, "three");

        IReadOnlyList<LogEvent> heard = await _heard.WaitForAsync(3);
        Assert.Equal([typeof(Info), typeof(Warning), typeof(Error)], heard.Select(log => log.GetType()));
        Assert.Equal([Line("one"), Line("two"), Line("three")], heard.Select(log => log.Message));
        Assert.All(heard, log => Assert.Null(log.Cause));
    }

    [Fact]
    public async Task Log_BelowTheLevelOfTheParent_StaysInTheChild()
    {
        await LogAsync(LogLevel.DebugLevel, "quiet");
        await LogAsync(LogLevel.InfoLevel, "loud");

        Assert.Equal(Line("loud"), (await _heard.WaitForAsync(1))[0].Message);
    }

    [Fact]
    public async Task Log_WithAnException_BringsItsTypeMessageAndTrace()
    {
        await _controller.Dispatch("log failure").Guarded();

        RemoteHandlerException cause = Assert.IsType<RemoteHandlerException>((await _heard.WaitForAsync(1))[0].Cause);
        Assert.Equal(
            (typeof(TestFailureException).FullName, "it\\u001bfailed"),
            (cause.RemoteType, cause.RemoteMessage)
        );
        Assert.Contains(nameof(Setup.Fail), cause.RemoteStackTrace);
    }

    [Fact]
    public async Task Log_ThatIsLongOrWouldForgeALine_IsShortenedAndEscaped()
    {
        await LogAsync(LogLevel.InfoLevel, "one\r\ntwo");
        await LogAsync(LogLevel.InfoLevel, new string('x', 100_000));

        IReadOnlyList<LogEvent> heard = await _heard.WaitForAsync(2);
        Assert.Equal(Line("one\\u000d\\u000atwo"), heard[0].Message);
        Assert.Equal(Line($"{new string('x', 4096)}…"), heard[1].Message);
    }

    [Fact]
    public async Task Log_ThatIsAFlood_IsCutAndItsRestCounted()
    {
        const int flood = 20_000;
        await _controller.Dispatch("flood", args: [flood]).Guarded();
        await _controller.ShutdownAsync().Guarded();

        long lines = _heard.Entries.Count(log => log.LogSource.StartsWith(Source));
        long rest = _heard
            .Entries.Where(log => !log.LogSource.StartsWith(Source))
            .Sum(log => long.Parse(log.Message.ToString()!.Split(':')[1].Split(' ')[1]));
        Assert.Equal(flood, lines + rest);
        Assert.InRange(lines, 500, flood / 2);
    }

    private static string Line(string text) => $"[child {Environment.ProcessId}] {text}";

    private Task LogAsync(LogLevel level, string text) =>
        _controller.Dispatch("log", args: [(int)level, text]).Guarded();

    public sealed class Setup : IChildSetup
    {
        public void Configure(PoolOptions options) =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    ILoggingAdapter log = Logging.GetLogger(context.System, Source);
                    context.Map(
                        new MappingBlueprint()
                            .On("log", (int level, string text) => log.Log((LogLevel)level, null!, "{0}", text))
                            .On(
                                "flood",
                                (int lines) =>
                                {
                                    for (int line = 0; line < lines; line++)
                                    {
                                        log.Warning("{0}", line);
                                    }
                                }
                            )
                            .On("log failure", () => Fail(log))
                    );
                })
            );

        internal static void Fail(ILoggingAdapter log)
        {
            try
            {
                throw new TestFailureException("it\u001bfailed");
            }
            catch (TestFailureException failure)
            {
                log.Error(failure, "failed");
            }
        }
    }
}
