using System.Buffers.Binary;
using System.Diagnostics;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>A child that is a process: its pipes, its signals and its end.</summary>
/// <remarks>
/// stdin stays open for as long as this object lives: its end is the child's sign that the parent has died.
/// </remarks>
internal sealed class ChildProcess : IChildProcess
{
    private readonly Process _process;
    private readonly SubprocessSettings _settings;
    private readonly CancellationTokenSource _stopPumps = new();
    private readonly TaskCompletionSource<ChildExit> _exited = new();
    private readonly OutputTail _errors;
    private readonly Task _errorPump;
    private readonly Task _outputPump;
    private readonly ProcessSignals _signals;

    // Any thread, by interlocked operations.
    private int _disposed;

    private ChildProcess(Process process, SubprocessSettings settings, Action<OutputLine>? onLine)
    {
        _process = process;
        _settings = settings;
        ProcessId = process.Id;
        ProcessGuard.OfProcess.Add(ProcessId);
        _signals = new ProcessSignals(process);
        _errors = new OutputTail(
            settings.OutputLines,
            settings.OutputLineLength,
            onLine is null ? null : text => onLine(new OutputLine(ProcessId, text, true))
        );
        OutputTail output = new OutputTail(
            1,
            settings.OutputLineLength,
            onLine is null ? null : text => onLine(new OutputLine(ProcessId, text, false))
        );
        _errorPump = PumpAsync(process.StandardError.BaseStream, _errors, _stopPumps.Token);
        _outputPump = PumpAsync(process.StandardOutput.BaseStream, output, _stopPumps.Token);
        EndWatch.OfProcess.Watch(ProcessId, _signals.HasEnded, OnEnded);
    }

    public int ProcessId { get; }

    /// <summary>
    /// Completes when the process has ended, even if another process holds its pipes; never faults. Continuations run
    /// on the thread that sees the end.
    /// </summary>
    public Task<ChildExit> Exited => _exited.Task;

    /// <summary>
    /// Starts the process of a plan. <paramref name="onLine"/> gets every line that the child writes, one at a time for
    /// each stream; it must not block.
    /// </summary>
    /// <exception cref="ChildStartException">The program cannot be started.</exception>
    public static ChildProcess Start(LaunchPlan plan, SubprocessSettings settings, Action<OutputLine>? onLine) =>
        new(ChildSpawn.Start(plan), settings, onLine);

    /// <summary>Writes the length and then the bytes of the one start message, and leaves stdin open.</summary>
    /// <exception cref="IOException">The child has closed its end.</exception>
    public async Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] framed = new byte[sizeof(int) + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, message.Length);
        message.CopyTo(framed.AsMemory(sizeof(int)));
        Stream input = _process.StandardInput.BaseStream;
        await input.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the child and its group to leave (SIGTERM).</summary>
    public void Terminate() => _signals.Send(Native.SigTerm);

    /// <summary>Ends the child and its group (SIGKILL).</summary>
    public void Kill() => _signals.Send(Native.SigKill);

    /// <summary>Kills the child if it lives, waits for its end, and gives back its pipes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await Exited.ConfigureAwait(false);
            return;
        }
        Kill();
        await Exited.ConfigureAwait(false);
        await _stopPumps.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_errorPump, _outputPump).ConfigureAwait(false);
        // The process object does not close streams that were asked for.
        await _process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
        _stopPumps.Dispose();
        await ProcessGuard.OfProcess.GoneAsync().ConfigureAwait(false);
    }

    private void OnEnded()
    {
        int? code = _signals.ExitCode();
        _signals.SweepGroup();
        ProcessGuard.OfProcess.Remove(ProcessId);
        // A grandchild that left the group may hold stderr open for ever, and a starved pool reads nothing, so its end
        // is waited for only a moment.
        IDisposable late = EndWatch.OfProcess.After(
            TimeOption.Limit(_settings.ExitDrain) ?? TimeOption.Longest,
            () => Complete(code)
        );
        _ = _errorPump.ContinueWith(
            _ =>
            {
                late.Dispose();
                Complete(code);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private void Complete(int? code)
    {
        IReadOnlyList<string> lines = _errors.Snapshot();
        _exited.TrySetResult(
            (code is { } known ? ChildExit.From(known, lines) : new ChildExit(null, null, lines)) with
            {
                Reason = _errors.Reason,
            }
        );
    }

    private static async Task PumpAsync(Stream stream, OutputTail tail, CancellationToken stop)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
            {
                tail.Append(buffer.AsSpan(0, read));
            }
        }
        catch (Exception reason) when (reason is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // A pipe that is ended by force has ended like any other.
        }
        tail.Complete();
    }
}
