using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// No clock decides a test: a test measures neither the time of the wall nor that of a processor, and it orders nothing
/// by a delay.
/// </summary>
public class TestClockTests
{
    private static readonly (string Pattern, string Remedy)[] Forbidden =
    [
        (
            @"\bStopwatch\.(StartNew|GetTimestamp|GetElapsedTime)\b|\bnew Stopwatch\b",
            "Order it by latches, or run it on virtual time."
        ),
        (
            @"\b(Total|User|Privileged)ProcessorTime\b|schedstat|\bTickCount(64)?\b",
            "Another machine has other times; assert what happened, not how long it took."
        ),
        (
            @"\bDateTime(Offset)?\.(Now|UtcNow)\b|\bTimeProvider\.System\.Get(Timestamp|ElapsedTime|UtcNow)\b",
            "Take the time from a virtual clock."
        ),
        (@"\bThread\.Sleep\b", "Wait for a latch or a later marker."),
        (
            @"\bTask\.Delay\((?![^;]*(Infinite|,))",
            "Wait for a latch or a later marker; a loop that polls passes the token of a hang guard to the delay."
        ),
    ];

    /// <summary>Where a clock decides nothing, and why.</summary>
    private static readonly (string File, string Reason)[] Allowed =
    [
        ("Architecture.Tests/ClockTests.cs", "it plants clocks"),
        ("Architecture.Tests/ForbiddenCallTests.cs", "it plants calls"),
        ("Architecture.Tests/TestClockTests.cs", "it plants clocks"),
        ("LaunchApp/Program.cs", "a program that is started, whose handlers take a while"),
        ("Launch.Tests/ShortageTests.cs", "a loop that polls until its hang guard, which it asks for the message"),
        ("Launch.Tests/Sandbox.cs", "a process that stands still for longer than others would take to think it frozen"),
        ("Simulation/Worlds/RealWorld.cs", "a command whose programs run by the real clock; the oracle knows that"),
        ("Simulation/Running/TimeLimit.cs", "a command that goes on for the minutes it was given"),
        ("TestSupport/ProcessCensus.cs", "a loop that polls until its hang guard, which it asks for the message"),
        ("Pure.Tests/EventLoop/SessionTests.cs", "a handler that suspends"),
        ("Subprocess.Tests/Children/ChaosTests.cs", "a handler that suspends"),
        ("Subprocess.Tests/Testing/InProcessChildTests.cs", "a number that a lambda captures"),
    ];

    // Programs that measure: their figures are for an idle machine, and no test asserts them.
    private static readonly string[] Measuring =
    [
        "tests/EventDrivenActors.Benchmarks/",
        "tests/EventDrivenActors.Chaos/",
    ];

    [Fact]
    public void Tests_All_AskNoClock() =>
        Findings.None(
            from file in Files()
            where !Allowed.Any(allowed => file.Path.EndsWith(allowed.File, StringComparison.Ordinal))
            from found in Clocks(file.Code)
            select $"{file.Path} contains '{found.Text}': {found.Remedy} Where it decides nothing, add the file with "
                + $"the reason to the list of {nameof(TestClockTests)}."
        );

    [Fact]
    public void Allowed_EachOne_IsStillThere() =>
        Findings.None(
            from allowed in Allowed
            where
                !Files()
                    .Any(file =>
                        file.Path.EndsWith(allowed.File, StringComparison.Ordinal) && Clocks(file.Source).Any()
                    )
            select $"{allowed.File} asks no clock any more; take it off the list."
        );

    [Theory]
    [InlineData("long began = Stopwatch.GetTimestamp();")]
    [InlineData("TimeSpan used = process.TotalProcessorTime;")]
    [InlineData("int now = Environment.TickCount;")]
    [InlineData("DateTime now = DateTime.UtcNow;")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(20);")]
    public void Clocks_PlantedOne_IsFound(string statement) => Assert.Single(Clocks(statement));

    [Theory]
    [InlineData("await Task.Delay(5, guard.Token);")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan);")]
    [InlineData("await Task.Delay(minute, Time);")]
    [InlineData("long second = Stopwatch.Frequency;")]
    public void Clocks_OtherText_IsNone(string statement) => Assert.Empty(Clocks(statement));

    private static IEnumerable<SourceFile> Files() =>
        from folder in new[] { "tests", "samples" }
        from path in Repository.Files(folder, "*.cs")
        let relative = Repository.Relative(path)
        where
            (folder == "tests" || relative.Contains(".Tests/", StringComparison.Ordinal))
            && !Measuring.Any(program => relative.StartsWith(program, StringComparison.Ordinal))
        select new SourceFile(relative, File.ReadAllText(path));

    private static IEnumerable<(string Text, string Remedy)> Clocks(string code) =>
        from rule in Forbidden
        from Match match in Regex.Matches(code, rule.Pattern)
        select (match.Value, rule.Remedy);
}
