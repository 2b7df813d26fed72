using System.Diagnostics;

namespace EventDrivenActors.Simulation.Tests.Running;

/// <summary>The simulator in a process of its own: its world needs a pool with one thread.</summary>
internal static class SimulatorProcess
{
    public static async Task<string> RunAsync(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "EventDrivenActors.Simulation.dll");
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true }
        )!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}:\n{said}");
        return said;
    }
}
