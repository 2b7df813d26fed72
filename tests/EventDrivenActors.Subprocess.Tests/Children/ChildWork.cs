using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What the children of these tests can do. The static state is that of the child.</summary>
internal static class ChildWork
{
    public static readonly SessionKey<string> Label = new("label");

    private static readonly TaskCompletionSource Latch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly ManualResetEvent Forever = new(false);
    private static readonly List<int> Marks = [];
    private static PosixSignalRegistration? _ignoring;

    public static void Map(MappingBlueprint mapping) =>
        mapping
            .On("process", () => Environment.ProcessId)
            .On("echo", (object? value) => value)
            .On("attempt", (Session session) => session.Attempt)
            .On("worker", (Session session) => session.WorkerIndex)
            .On("label", (Session session) => session.TryGet(Label, out string? label) ? label : "none")
            .On("mark", Mark)
            .On("marks", () => Marks.ToArray())
            .On("exit", Exit)
            .On("hold", HoldAsync)
            .On("hold-until-open", () => Latch.Task)
            .On("hold-in-order", HoldInOrderAsync)
            .On(
                "open",
                () =>
                {
                    Latch.TrySetResult();
                }
            )
            .On("ignore-token", IgnoreTokenAsync)
            .On("obey-token", ObeyTokenAsync)
            .On("spin", Spin)
            .On("hoard", HoardAsync)
            .On("kill-first-attempts", KillFirstAttempts)
            .On("obey-first-attempt", ObeyFirstAttemptAsync)
            .On("note-exit", NoteExit)
            .On("block-exit", BlockExit)
            .On("leave-thread", LeaveThread)
            .On("starve", Starve)
            .On("descriptors-of-grandchild", DescriptorsOfGrandchildAsync);

    public static T Echo<T>(T value) => value;

    public static string[] LoadedAssemblies() =>
        [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!)];

    public static string LabelOf(Session session) => session.Get(Label);

    public static int Mark(int number)
    {
        lock (Marks)
        {
            Marks.Add(number);
        }

        return number;
    }

    /// <summary>Says that it runs; ends well when the latch opens or its token fires.</summary>
    public static async Task HoldAsync(Session session)
    {
        Console.WriteLine("holding");
        await Task.WhenAny(Latch.Task, Fired(session.CancellationToken));
    }

    /// <summary>
    /// As <see cref="HoldAsync"/>, but says so behind the word of its start: who hears it knows that the parent knows.
    /// </summary>
    public static async Task HoldInOrderAsync(Session session)
    {
        session.Parent!.Dispatch("heard", "holding");
        await Task.WhenAny(Latch.Task, Fired(session.CancellationToken));
    }

    public static Task IgnoreTokenAsync()
    {
        Console.WriteLine("ignoring");
        return new TaskCompletionSource().Task;
    }

    public static async Task ObeyTokenAsync(CancellationToken token)
    {
        Console.WriteLine("obeying");
        await Fired(token);
        Console.WriteLine("fired");
        token.ThrowIfCancellationRequested();
    }

    public static void Spin()
    {
        Console.WriteLine("spinning");
        while (true)
        {
            Thread.SpinWait(1000);
        }
    }

    /// <summary>Takes so many bytes of memory, really, and never ends.</summary>
    public static Task HoardAsync(int bytes)
    {
        byte[] hoard = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        Array.Fill(hoard, (byte)1);
        return Task.Delay(Timeout.Infinite).ContinueWith(_ => GC.KeepAlive(hoard), TaskScheduler.Default);
    }

    public static void Exit(int code)
    {
        Console.Error.WriteLine($"leaving with {code}");
        Environment.Exit(code);
    }

    public static void FailFast() => Environment.FailFast("the child gave up");

    public static int Overflow(int depth) => Overflow(depth + 1) + 1;

    public static int KillFirstAttempts(Session session)
    {
        if (session.Attempt < (int)session.Args[0]!)
        {
            Process.GetCurrentProcess().Kill();
        }

        return session.Attempt;
    }

    /// <summary>The first time it waits for its token, and says so by throwing; then it gives its attempt.</summary>
    public static async Task<int> ObeyFirstAttemptAsync(Session session)
    {
        if (session.Attempt == 1)
        {
            await ObeyTokenAsync(session.CancellationToken);
        }

        return session.Attempt;
    }

    /// <summary>Writes a file when the process ends in an orderly way, and only then.</summary>
    public static int NoteExit(string path)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(path, "");
        return Environment.ProcessId;
    }

    /// <summary>Keeps the process from ending in an orderly way, or by SIGTERM.</summary>
    public static int BlockExit()
    {
        _ignoring = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Forever.WaitOne();
        return Process.Start("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 1; done"]).Id;
    }

    /// <summary>Leaves a thread that would hold the process.</summary>
    public static void LeaveThread() => new Thread(() => Forever.WaitOne()) { IsBackground = false }.Start();

    /// <summary>Takes all threads that the pool will have for a long time.</summary>
    public static void Starve()
    {
        for (int thread = 0; thread < 500; thread++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Forever.WaitOne(), null);
        }

        Console.WriteLine("starved");
        Forever.WaitOne();
    }

    /// <summary>
    /// What a process that a handler starts has open besides its standard streams, by number and kind.
    /// </summary>
    public static async Task<string[]> DescriptorsOfGrandchildAsync()
    {
        using Process process = Process.Start(
            new ProcessStartInfo(
                "/bin/sh",
                ["-c", "for one in /proc/$$/fd/*; do echo ${one##*/} $(readlink $one); done"]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        string[] all = (await process.StandardOutput.ReadToEndAsync()).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        return [.. all.Where(one => one.Split(' ')[0] is not ("0" or "1" or "2")).Select(one => one.Split(':')[0])];
    }

    private static Task Fired(CancellationToken token)
    {
        TaskCompletionSource fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => fired.TrySetResult());
        return fired.Task;
    }
}
