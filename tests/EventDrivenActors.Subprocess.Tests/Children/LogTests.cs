using Akka.Event;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What of children and of what others have written is in the log at information.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private const string Harmful = "\u001b[31m \u0085 \u061c \u200e \u200f \u2028 \u2029 \u202e \u2066 \u2069";
    private readonly EventRuntime _runtime = EventRuntime.Create(options =>
        options.Configuration = "akka { loglevel = INFO, loggers = [] }"
    );
    private readonly Journal<LogEvent> _heard = new();

    public Task InitializeAsync()
    {
        LogTap.Attach(_runtime.System, _heard.Add);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task LineOfAChild_IsInTheLogWithTheEventThatWroteIt()
    {
        Controller controller = Start(child => child.Mapping.On("say", SayAsync));

        Pending said = controller.Dispatch("say");
        LogEvent line = await LoggedAsync(", 'say' ");

        Assert.IsType<Info>(line);
        Assert.Matches(@"^\[child \d+, 'say' \d+\] a line$", $"{line.Message}");
        said.Cancel();
        await said.StatusAsync();
    }

    [Fact]
    public async Task Crash_IsOneRecordWithItsLastLines()
    {
        Controller controller = Start(child =>
        {
            child.Mapping.On("async void", ThrowLater);
            child.Restart.MinDelay = TimeSpan.FromMilliseconds(1);
        });

        // What has returned is complete, whatever it left behind; or it is lost with the child.
        Assert.Contains(
            await controller.Dispatch("async void").StatusAsync(),
            new[] { PendingStatus.Completed, PendingStatus.ChildLost }
        );
        LogEvent lost = await LoggedAsync("lost");

        Assert.Equal(1, await controller.Submit(() => 1).Guarded());
        string[] lines = $"{lost.Message}".Split(Environment.NewLine);
        Assert.Contains("ended by signal 6", lines[0]);
        Assert.Contains(lines[1..], line => line.StartsWith("    Unhandled exception. ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(nameof(ThrowLater), StringComparison.Ordinal));
        Assert.DoesNotContain(_heard.Entries, log => $"{log.Message}".StartsWith("[child", StringComparison.Ordinal));
        AllPlain();
    }

    [Fact]
    public async Task LastWords_OfAChildThatLivesOn_AreLoggedInTheEnd()
    {
        Controller controller = Start();
        await controller.Submit(() => Console.Error.WriteLine("Out of memory is what I say, and I go on")).Guarded();

        Assert.IsType<Warning>(await LoggedAsync("I go on"));
    }

    [Fact]
    public async Task TextOfOthers_IsNeverInTheLogAsItWas()
    {
        Controller controller = Start(
            child => child.Mapping.On("fail there" + Harmful, (Session _) => throw new TestFailureException(Harmful)),
            new MappingBlueprint().On("fail here" + Harmful, (Session _) => throw new TestFailureException(Harmful)),
            "controller"
        );
        controller.Post("fail here" + Harmful);
        controller.Post("fail there" + Harmful);
        await controller.Submit(text => Console.WriteLine("said" + text), Harmful).Guarded();

        await LoggedAsync("fail here");
        await LoggedAsync("fail there");
        await LoggedAsync("said");
        AllPlain();
    }

    private static async Task SayAsync(Session session)
    {
        // The first lines may be faster than the word of the start.
        while (true)
        {
            Console.WriteLine("a line");
            await Task.Delay(10, session.CancellationToken);
        }
    }

    private static async void ThrowLater(Session session)
    {
        await Task.Yield();
        throw new TestFailureException(Harmful);
    }

    private Controller Start(
        Action<SubprocessOptions>? child = null,
        MappingBlueprint? mapping = null,
        string? name = null
    )
    {
        Controller controller = _runtime.CreateController(options =>
        {
            options.Name = name ?? options.Name;
            options.Mapping.Include(mapping ?? new MappingBlueprint());
            options.AddSubprocess(child ?? (_ => { }));
        });
        controller.Run();
        return controller;
    }

    private async Task<LogEvent> LoggedAsync(string text)
    {
        for (int count = 0; ; count = _heard.Count)
        {
            if (
                _heard.Entries.FirstOrDefault(log => $"{log.Message}".Contains(text, StringComparison.Ordinal)) is
                { } found
            )
            {
                return found;
            }

            await _heard.WaitForAsync(count + 1);
        }
    }

    private void AllPlain() =>
        Assert.All(
            _heard.Entries,
            log =>
                Assert.DoesNotContain(
                    $"{log.Message} {log.Cause} {log.Cause?.Message} {log.LogSource}",
                    character =>
                        character
                            is '\u001b'
                                or '\u0085'
                                or '\u061c'
                                or '\u200e'
                                or '\u200f'
                                or '\u2028'
                                or '\u2029'
                                or (>= '\u202a' and <= '\u202e')
                                or (>= '\u2066' and <= '\u2069')
                )
        );
}
