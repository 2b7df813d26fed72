using System.Diagnostics;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>A process of a peer: this program again in a peer's role, or Python. It ends with this object.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts this program in a role.</summary>
    public static PeerProcess Role(params IEnumerable<string> arguments)
    {
        string self = Environment.ProcessPath!;
        bool muxer = Path.GetFileNameWithoutExtension(self) == "dotnet";
        return Start(
            self,
            [
                .. muxer ? [typeof(PeerProcess).Assembly.Location] : Array.Empty<string>(),
                PeerRoles.Argument,
                .. arguments,
            ]
        );
    }

    public static PeerProcess Start(string file, IEnumerable<string> arguments) =>
        new(
            Process.Start(
                new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true }
            )!
        );

    /// <summary>The next line that it writes.</summary>
    public async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
        ?? throw new InvalidOperationException("The peer's process has ended.");

    /// <summary>Asks it something: a line for a line.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        return await ReadAsync().ConfigureAwait(false);
    }

    /// <summary>Kills it as a crash would.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
