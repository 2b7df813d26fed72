using System.Diagnostics;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Several processes that share the seeds of a run, each a world of its own.</summary>
internal static class Jobs
{
    /// <summary>Runs them, and adds up what they have found.</summary>
    /// <param name="arguments">The arguments of each process, beside its share and the file for its result.</param>
    /// <param name="jobs">How many.</param>
    /// <returns>
    /// The programs that ran, and those that were broken; a job that ended without a result counts as one.
    /// </returns>
    public static (int Programs, int Broken) Run(IReadOnlyList<string> arguments, int jobs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("simulation-jobs-");
        try
        {
            (Process Process, string Result)[] all =
            [
                .. Enumerable
                    .Range(0, jobs)
                    .Select(job =>
                    {
                        string result = Path.Combine(folder.FullName, $"{job}");
                        return (
                            SelfProcess.Start([.. arguments, "--share", $"{job}/{jobs}", "--result", result]),
                            result
                        );
                    }),
            ];
            int programs = 0;
            int broken = 0;
            foreach ((Process process, string result) in all)
            {
                process.WaitForExit();
                JobResult ran = JobResult.Read(result);
                programs += ran.Programs;
                broken += ran.Broken;
                process.Dispose();
            }

            return (programs, broken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static void Write(string result, Explorer explorer) =>
        new JobResult(explorer.Programs, explorer.Broken, explorer.FirstPromise ?? "", explorer.FirstSeed).Write(
            result
        );
}
