using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Testing;

/// <summary>
/// A child without a process: the real program with an actor system of its own, over the real socket and handshake, in
/// this process.
/// </summary>
/// <remarks>
/// A kill looks from outside like that of a process: the link ends at once and nothing more comes from the child. Its
/// handlers cannot be stopped; they go on, without effect. Calls that have not started never do. A handler that ends
/// the process ends the parent with it.
/// </remarks>
internal sealed class InProcessChild(ChildLaunch launch, Func<IChildProgram, IChildProgram>? around = null)
    : IChildProcess
{
    private readonly CancellationTokenSource _killed = new();
    private readonly CancellationTokenSource _leaving = new();

    // The task that runs it writes; any thread reads.
    private volatile StartMarks _marks = StartMarks.None;
    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int ProcessId => Environment.ProcessId;

    public Task<ChildExit> Exited => _exited.Task;

    /// <summary>Starts the program on a thread of its own, since the handshake blocks.</summary>
    public Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        StartMessage start = StartMessage.Decode(message.ToArray());
        _ = Task.Factory.StartNew(
            () => RunAsync(start),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        return Task.CompletedTask;
    }

    public void Terminate() => _leaving.Cancel();

    public void Kill()
    {
        _marks.Close();
        if (_exited.TrySetResult(new ChildExit(null, Native.SigKill, [])))
        {
            _killed.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited.ConfigureAwait(false);
    }

    private async Task RunAsync(StartMessage start)
    {
        SubprocessSettings settings = SettingsCodec.Decode(start.Settings);
        ChildSystem system = ChildSide.SystemOf(start, settings);
        _ = _killed.Token.UnsafeRegister(_ => _ = EndAsync(system), null);
        try
        {
            IChildProgram program = ChildHost.CreateProgram(start.Program, launch.Time);
            program = around?.Invoke(program) ?? program;
            _marks = MappedStartPage.Open(start, closes: true);
            program.Prepare(start.Configuration, _marks);
            await ChildSide
                .RunAsync(
                    start,
                    settings,
                    system,
                    program,
                    link => program.RunAsync(start.Configuration, link, system, _leaving.Token),
                    _killed.Token
                )
                .ConfigureAwait(false);
            Exit(_leaving.IsCancellationRequested ? ChildExit.Terminated : 0, []);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            Exit(ChildExit.Terminated, []);
        }
        catch (LinkRefusedException refusal)
        {
            Exit(refusal.IsByStranger ? ChildExit.MetStranger : ChildHost.Refused, [refusal.Message]);
        }
        catch (Exception reason)
        {
            Exit(ChildHost.Failed, reason.ToString().Split('\n'));
        }
        await EndAsync(system).ConfigureAwait(false);
    }

    private void Exit(int code, IReadOnlyList<string> errors)
    {
        _marks.Close();
        if (_exited.Task.IsCompleted)
        {
            return;
        }

        foreach (string line in errors)
        {
            launch.OnOutput?.Invoke(new OutputLine(ProcessId, line, true));
        }

        _exited.TrySetResult(ChildExit.From(code, errors));
    }

    // When a process ends, its actor system ends with it; so nothing waits for this one.
    private static async Task EndAsync(ChildSystem system)
    {
        await ((Task)system.Booted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (system.Booted.IsCompletedSuccessfully)
        {
            await (await system.Booted.ConfigureAwait(false)).Terminate().ConfigureAwait(false);
        }
    }
}
