using System.Globalization;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>Python's <c>ProcessPoolExecutor</c> with one worker, driven and measured by Python.</summary>
internal sealed class PythonPeer : IDisposable
{
    public const string Name = "ProcessPoolExecutor";
    public const string WhyAbsent = "no python3 is on the path";
    private readonly PeerProcess _process;

    private PythonPeer(PeerProcess process) => _process = process;

    /// <summary>Null where there is no Python.</summary>
    public static async Task<PythonPeer?> StartAsync()
    {
        string? python = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        if (python is null)
        {
            return null;
        }

        PeerProcess process = PeerProcess.Start(python, [Path.Combine(AppContext.BaseDirectory, "PeerProcesses", "pool.py")]);
        await process.ReadAsync().ConfigureAwait(false);
        return new PythonPeer(process);
    }

    public Contender Add(Course course, int inFlight) => Repeating(course, "add", inFlight, 0, Math.Max(inFlight, 200));

    public Contender Echo(Course course, int inFlight, int bytes) => Repeating(course, "echo", inFlight, bytes, 16);

    /// <summary>A fresh executor to its first result.</summary>
    public Contender Cold() => new(Name, async () => new Sample(await AskAsync("start", 1, 1, 0).ConfigureAwait(false)));

    public void Dispose() => _process.Dispose();

    private Contender Repeating(Course course, string what, int inFlight, int bytes, int first)
    {
        int operations = first;
        return new Contender(Name, async () =>
        {
            double elapsed = await AskAsync(what, operations, inFlight, bytes).ConfigureAwait(false);
            Sample sample = new(elapsed / operations);
            operations = (int)Math.Clamp(course.RoundTime.TotalNanoseconds / elapsed * operations, first, 4.0 * operations);
            return sample;
        });
    }

    private async Task<double> AskAsync(string what, int operations, int inFlight, int bytes) => double.Parse(
        await _process.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {operations} {inFlight} {bytes}")).ConfigureAwait(false), CultureInfo.InvariantCulture);
}
