using System.Globalization;

namespace EventDrivenActors.Simulation.Running;

/// <summary>The findings of a process that explored, for the process that started it.</summary>
/// <param name="Programs">How many programs ran.</param>
/// <param name="Broken">How many were broken.</param>
/// <param name="Promise">The promise of the first failure.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record JobResult(int Programs, int Broken, string Promise, int Seed)
{
    public void Write(string file) =>
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Programs} {Broken} {Seed} {Promise}"));

    /// <summary>Reads the file; a process that has ended without one counts as a failure of its own.</summary>
    public static JobResult Read(string file) =>
        File.Exists(file) && File.ReadAllText(file).Split(' ') is [var programs, var broken, var seed, var promise]
            ? new JobResult(Number(programs), Number(broken), promise, Number(seed))
            : new JobResult(0, 1, Trial.OwnPromise, 0);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
