using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Akka.Actor;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// All time is that of the one <see cref="TimeProvider"/>: no package reads or waits on another clock, save where the
/// list says why.
/// </summary>
public class ClockTests
{
    private static readonly Assembly[] Packages =
    [
        typeof(Controller).Assembly,
        Assembly.Load("EventDrivenActors.Wire"),
        typeof(SubprocessOptions).Assembly,
        typeof(TestKit.ControllerTestKit).Assembly,
    ];

    private static readonly Regex[] Clocks =
    [
        new(@"^System\.DateTime(Offset)?::get_(Now|UtcNow|Today)\("),
        new(@"^System\.(Environment::get_TickCount|TimeProvider::get_System|Diagnostics\.Stopwatch::|Timers\.)"),
        new(@"^System\.Net\.Sockets\.Socket::(set_ReceiveTimeout|set_SendTimeout|Poll)"),
        new(
            @"^System\.(Threading\.(?!Interlocked|Volatile|ITimer|SpinWait::SpinOnce)[\w.`]+::"
                + @"|Diagnostics\.Process::WaitFor)"
                + @"(?!\.ctor\(\w*ThreadStart).*(TimeSpan|Int32\b(?!&))"
        ),
        new(
            @"^Akka\.(Util\.MonotonicClock|Pattern\.|"
                + @"Actor\.(\w*Scheduler|IWithTimers|\w+::(get_Scheduler|SetReceiveTimeout)))"
        ),
    ];

    /// <summary>Where a clock of its own is right, and why.</summary>
    private static readonly (string Type, string Call, string Reason)[] Allowed =
    [
        ("EventRuntimeOptions", "TimeProvider::get_System", "the default of the one clock"),
        ("EventRuntime", "Task::Delay(TimeSpan)", "the end of an actor system is physical"),
        ("TimerAdapter", "TimeProvider::get_System", "asks whether it is the one clock"),
        ("DueTimer", "TimeProvider::get_System", "asks whether it is the one clock"),
        ("DueTimerThread", "TimeProvider::get_System", "used where it is the one clock"),
        ("DueTimerThread", "Monitor::Wait", "sleeps as that clock counts, without a thread of the pool"),
        ("SystemTicker", "TimeProvider::get_System", "used where it is the one clock"),
        ("SystemTicker", "Environment::get_TickCount64", "as the timers of that clock count"),
        (
            "WaitWatch",
            "TimeProvider::get_System",
            "whether one task awaits another is physical; how long it may be in doubt is not"
        ),
        ("CleaningCount", "ManualResetEventSlim::Wait", "the blocked thread may be the one that moves the clock"),
        ("CleaningCount", "TimeProvider::get_System", "as that wait counts"),
        ("EventMailbox", "Thread::SpinWait", "looks so many times, however long that takes"),
        ("OwnTaking", "Thread::SpinWait", "pauses once, however long that takes"),
        ("SharedTaking", "Thread::SpinWait", "looks so many times, however long that takes"),
        ("ParentConnectionOptions", "TimeProvider::get_System", "the default of the link's clock"),
        ("ParentConnector", "Socket::set_ReceiveTimeout", "a handshake is physical: the other end may be stuck"),
        ("ChildSide", "Socket::set_ReceiveTimeout", "a handshake is physical: the other end may be stuck"),
        ("ChildSide", "TimeProvider::get_System", "signs of life are physical"),
        ("ParentOptions", "TimeProvider::get_System", "the end of a process is physical"),
        ("ChildProgram", "TimeProvider::get_System", "whether a word arrives is physical"),
        (
            "SleepingScheduler",
            "TimeProvider::get_System",
            "the clock of the actor systems that Akka makes, as for Akka's own scheduler"
        ),
        ("SleepingScheduler", "Akka.Actor.Scheduler", "it is one, on the one clock"),
        ("Heartbeat", "WaitHandle::WaitOne", "signs of life are physical"),
        ("Heartbeat", "TimeProvider::get_System", "asks whether it is the one clock"),
        ("RaiseGate", "Monitor::Wait", "whether the parent answers is physical"),
        ("ExitFlush", "WaitHandle::WaitOne", "a process that exits may not wait for long"),
        ("EndWatch", "", "the ends of processes are physical, and so is how long their last words may take"),
        ("GuardProcess", "TimeProvider::get_System", "how long a process has lived is physical"),
        ("StartTurns", "SemaphoreSlim", "waits without a limit"),
        (
            "Termination",
            "ManualResetEventSlim::Wait",
            "a child that was asked to end is ended in real time, whatever its pool does"
        ),
        ("SocketWatch", "Socket::Poll", "waits without a limit"),
        ("SocketStream", "Socket::Poll", "waits without a limit"),
        ("ChildPlace", "ThreadPool::SetM", "numbers of threads"),
        ("ChildHost", "TimeProvider::get_System", "the clock of a real child process"),
        ("ControllerTestKit", "TimeProvider::get_System", "the link to a child in a test is physical"),
        ("EventJournals", "ActorSystem::get_Scheduler", "it is the virtual one"),
        ("VirtualScheduler", "Akka.Actor.SchedulerBase", "it is the virtual one"),
        ("VirtualTime", "TimeProvider::get_System", "a limit of real time for a test that would hang"),
        ("VirtualTime", "Task::Delay(TimeSpan)", "a limit of real time for a test that would hang"),
        ("EventProbe", "CancellationTokenSource::CancelAfter", "a limit of real time for a test that would hang"),
        ("ChildPatience", "TimeProvider::get_System", "a child answers in real time"),
        ("LoopWork", "", "a limit of real time for loops that never rest, and for a child's answer"),
        ("PoolQuiet", "TimeProvider::get_System", "the thread pool is physical"),
        ("PoolQuiet", "SpinWait::SpinUntil", "the thread pool is physical"),
        ("PoolLimits", "ThreadPool::SetM", "numbers of threads"),
        ("PoolShare", "SemaphoreSlim", "waits without a limit"),
        ("SimulatedRun", "::WaitAsync(TimeSpan)", "a limit of real time for a test that would hang"),
        ("SeededPump", "Monitor::Wait", "a limit of real time for a test that would hang"),
        ("SeededPump", "ManualResetEventSlim::Wait", "a thread pool that is stuck is physical"),
    ];

    [Fact]
    public void Package_ItsCode_ReadsNoClockButTheTimeProvider() =>
        Findings.None(
            from found in Reads(Packages.SelectMany(package => package.GetTypes()).Where(type => !type.IsNested))
            where !Allowed.Any(allowed => Matches(allowed, found))
            select $"{found.Type} calls {found.Call}; take the time from the TimeProvider, or add it with the reason "
                + $"to the list of {nameof(ClockTests)}."
        );

    [Fact]
    public void Allowed_EachOne_IsStillThere()
    {
        (string Type, string Call)[] reads =
        [
            .. Reads(Packages.SelectMany(package => package.GetTypes()).Where(type => !type.IsNested)),
        ];

        Findings.None(
            Allowed
                .Where(allowed => !reads.Any(found => Matches(allowed, found)))
                .Select(allowed => $"{allowed.Type} no longer calls {allowed.Call}; take it off the list.")
        );
    }

    [Theory]
    [InlineData(typeof(ReadsTheDay), "System.DateTime::get_UtcNow()")]
    [InlineData(typeof(ReadsTicks), "System.Environment::get_TickCount64()")]
    [InlineData(typeof(TakesTime), "System.Diagnostics.Stopwatch::GetTimestamp()")]
    [InlineData(typeof(TakesTheSystems), "System.TimeProvider::get_System()")]
    [InlineData(typeof(Delays), "System.Threading.Tasks.Task::Delay(TimeSpan, CancellationToken)")]
    [InlineData(typeof(Arms), "System.Threading.Timer::.ctor(TimerCallback, Object, Int32, Int32)")]
    [InlineData(typeof(TicksAlong), "System.Threading.PeriodicTimer::.ctor(TimeSpan)")]
    [InlineData(typeof(GivesUp), "System.Threading.CancellationTokenSource::.ctor(TimeSpan)")]
    [InlineData(typeof(CancelsLater), "System.Threading.CancellationTokenSource::CancelAfter(Int32)")]
    [InlineData(typeof(WaitsForATask), "System.Threading.Tasks.Task::WaitAsync(TimeSpan)")]
    [InlineData(typeof(WaitsForALock), "System.Threading.SemaphoreSlim::Wait(Int32)")]
    [InlineData(typeof(AsksAkka), "Akka.Actor.ActorSystem::get_Scheduler()")]
    public void Reads_PlantedClock_IsFound(Type planted, string call) =>
        Assert.Equal([(nameof(ClockTests), call)], Reads([planted]));

    [Theory]
    [InlineData(typeof(DelaysOnTheClock))]
    [InlineData(typeof(WaitsWithoutALimit))]
    public void Reads_TimeProvider_IsNone(Type planted) => Assert.Empty(Reads([planted]));

    /// <summary>The calls that read a clock, each with the outermost type that it is in.</summary>
    private static IEnumerable<(string Type, string Call)> Reads(IEnumerable<Type> types) =>
        from type in types
        from called in CalledMembers.Of(type)
        let call = CalledMembers.Describe(called)
        where
            Clocks.Any(clock => clock.IsMatch(call))
            && !call.Contains("TimeProvider)", StringComparison.Ordinal)
            && !call.Contains("TimeProvider,", StringComparison.Ordinal)
        select (Outermost(type).Name, call);

    private static bool Matches((string Type, string Call, string Reason) allowed, (string Type, string Call) found) =>
        found.Type == allowed.Type && found.Call.Contains(allowed.Call, StringComparison.Ordinal);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

#pragma warning disable RS0030 // It is the point.
    private static class ReadsTheDay
    {
        public static DateTime Call() => DateTime.UtcNow;
    }
#pragma warning restore RS0030

    private static class ReadsTicks
    {
        public static long Call() => Environment.TickCount64;
    }

    private static class TakesTime
    {
        public static Func<long> Call() => Stopwatch.GetTimestamp;
    }

    private static class TakesTheSystems
    {
        public static TimeProvider Call() => TimeProvider.System;
    }

    private static class Delays
    {
        public static async Task Call() => await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    private static class Arms
    {
        public static Timer Call() => new(_ => { }, null, 0, 1);
    }

    private static class TicksAlong
    {
        public static PeriodicTimer Call() => new(TimeSpan.FromSeconds(1));
    }

    private static class GivesUp
    {
        public static CancellationTokenSource Call() => new(TimeSpan.FromSeconds(1));
    }

    private static class CancelsLater
    {
        public static void Call(CancellationTokenSource source) => source.CancelAfter(1);
    }

    private static class WaitsForATask
    {
        public static IEnumerable<Task> Call(Task task)
        {
            yield return task.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    private static class WaitsForALock
    {
        public static Func<bool> Call(SemaphoreSlim semaphore) => () => semaphore.Wait(1);
    }

    private static class AsksAkka
    {
        public static IScheduler Call<T>(ActorSystem system) => system.Scheduler;
    }

    private static class DelaysOnTheClock
    {
        public static async Task Call(TimeProvider time)
        {
            using CancellationTokenSource source = new(TimeSpan.FromSeconds(1), time);
            await Task.Delay(TimeSpan.FromSeconds(1), time, source.Token).WaitAsync(TimeSpan.FromSeconds(1), time);
            await using ITimer timer = time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero);
            timer.Change(TimeSpan.Zero, TimeSpan.Zero);
        }
    }

    private static class WaitsWithoutALimit
    {
        public static async Task Call(SemaphoreSlim semaphore, Thread thread)
        {
            thread.Join();
            await semaphore.WaitAsync(CancellationToken.None);
        }
    }
}
