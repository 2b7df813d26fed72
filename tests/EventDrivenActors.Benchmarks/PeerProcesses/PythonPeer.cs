using System.Globalization;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>Python's <c>ProcessPoolExecutor</c> with one worker, driven and measured by Python.</summary>
internal sealed class PythonPeer : IDisposable
{
    public const string Name = "ProcessPoolExecutor";
    public const string WhyAbsent = "no python3 is on the path";
    private static readonly string? Interpreter = Environment
        .GetEnvironmentVariable("PATH")
        ?.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3"))
        .FirstOrDefault(File.Exists);

    private readonly PeerProcess _process;

    private PythonPeer(PeerProcess process) => _process = process;

    private static string Script => Path.Combine(AppContext.BaseDirectory, "PeerProcesses", "pool.py");

    /// <summary>Null where there is no Python.</summary>
    public static async Task<PythonPeer?> StartAsync()
    {
        if (Interpreter is null)
        {
            return null;
        }

        PeerProcess process = PeerProcess.Start(Interpreter, [Script]);
        await process.ReadAsync().ConfigureAwait(false);
        return new PythonPeer(process);
    }

    /// <summary>
    /// A fresh interpreter's first executor, by the spawn method, to its first result; null where there is no Python.
    /// </summary>
    public static Contender? Cold() =>
        Interpreter is null
            ? null
            : new Contender(
                Name,
                async () =>
                {
                    using PeerProcess process = PeerProcess.Start(Interpreter, [Script, "start"]);
                    return new Sample(
                        double.Parse(await process.ReadAsync().ConfigureAwait(false), CultureInfo.InvariantCulture)
                    );
                }
            );

    public Contender Add(Course course, int inFlight) => Repeating(course, "add", inFlight, 0, Math.Max(inFlight, 200));

    public Contender Echo(Course course, int inFlight, int bytes) => Repeating(course, "echo", inFlight, bytes, 16);

    public void Dispose() => _process.Dispose();

    private Contender Repeating(Course course, string what, int inFlight, int bytes, int first)
    {
        int operations = first;
        return new Contender(
            Name,
            async () =>
            {
                double elapsed = await AskAsync(what, operations, inFlight, bytes).ConfigureAwait(false);
                Sample sample = new(elapsed / operations);
                operations = (int)
                    Math.Clamp(course.RoundTime.TotalNanoseconds / elapsed * operations, first, 4.0 * operations);
                return sample;
            }
        );
    }

    private async Task<double> AskAsync(string what, int operations, int inFlight, int bytes) =>
        double.Parse(
            await _process
                .AskAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {operations} {inFlight} {bytes}"))
                .ConfigureAwait(false),
            CultureInfo.InvariantCulture
        );
}
