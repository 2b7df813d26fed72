using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints the nearest real thing to a simulated fault of a child, and says where there is none.</summary>
internal sealed class FaultPrinter(SimProgram program)
{
    private static readonly string[] OfCalls = ["Call", "Started", "Settled", "Progress", "Raise"];

    /// <summary>Prints code for the start of the program.</summary>
    public IEnumerable<string> Setup() =>
        Enumerable.Range(0, program.Faults.Count).Any(IsInHandler)
            ?
            [
                "Environment.SetEnvironmentVariable(\"SIMULATED_FAULTS\", "
                    + "Directory.CreateTempSubdirectory(\"faults-\").FullName);",
            ]
            : [];

    /// <summary>Prints code for the beginning of each handler of a child.</summary>
    public IEnumerable<string> InHandler(int node) =>
        from index in Enumerable.Range(0, program.Faults.Count)
        let fault = program.Faults[index]
        where fault.Node == node && IsInHandler(index)
        from line in (string[])
            [
                $"// Simulated: {Say(fault)}.",
                $"Ends.Fault({index}, {fault.Nth}, {(fault.Word == "Settled" ? 20 : 0)}, () => {Deed(fault)});",
            ]
        select line;

    /// <summary>Prints code that runs beside the clients.</summary>
    public IEnumerable<string> Aside() =>
        from index in Enumerable.Range(0, program.Faults.Count)
        let fault = program.Faults[index]
        where !IsInHandler(index)
        from line in BesideClients(fault)
        select line;

    private string[] BesideClients(FaultSpec fault)
    {
        string said = $"// Simulated: {Say(fault)}";
        return
            fault.Kind
                is "DieBefore"
                    or "DieAfter"
                    or "ExitBefore"
                    or "DieAtSentByte"
                    or "DieAtReceivedByte"
                    or "LateAfterDeath"
            && program.Nodes[fault.Node].Child is not null
            ?
            [
                $"{said}. Here the child is killed early.",
                $"_ = Task.Run(async () => {{ await Task.Delay(150); Ends.Try(() => World.C{fault.Node}.Kill()); }});",
            ]
            : [$"{said}; only the simulator does that."];
    }

    private bool IsInHandler(int index) =>
        program.Faults[index] is var fault
        && OfCalls.Contains(fault.Word)
        && fault.Kind is "DieBefore" or "DieAfter" or "ExitBefore" or "Freeze" or "LateAfterDeath";

    private string Say(FaultSpec fault) =>
        $"a child of {program.Nodes[fault.Node].Name} has the fault {fault.Kind} at {fault.Word} {fault.Nth} "
        + $"({fault.Amount})";

    private static string Deed(FaultSpec fault) =>
        fault.Kind switch
        {
            "ExitBefore" => "Environment.Exit(3)",
            "Freeze" => $"Ends.Signal(Environment.ProcessId, \"STOP\", {fault.Amount})",
            _ => "Process.GetCurrentProcess().Kill()",
        };
}
