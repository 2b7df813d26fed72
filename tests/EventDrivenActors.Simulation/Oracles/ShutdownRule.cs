using System.Globalization;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P8: ShutdownAsync "always returns by deadline + 5 s".</summary>
internal sealed class ShutdownRule : Rule
{
    /// <summary>Real machines are late.</summary>
    private const double Lateness = 20_000;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            foreach (CallStory call in node.Calls)
            {
                if (call.Kind != StepKind.Shutdown)
                {
                    continue;
                }

                if (call.Ended is not { } ended)
                {
                    found.Add(new Breach("P8", $"A shutdown of {node.Name} has not returned.", [call.Begun]));
                    continue;
                }

                double took = ended.At - call.Begun.At - run.Jumps(call.Begun.Number, ended.Number);
                if (took > call.Deadline + CallStory.Grace + (run.IsReal ? Lateness : 1))
                {
                    string late = string.Create(CultureInfo.InvariantCulture, $"returned after {took:0} ms");
                    found.Add(
                        new Breach(
                            "P8",
                            $"A shutdown of {node.Name} with a deadline of {call.Deadline} ms {late}.",
                            [call.Begun, ended]
                        )
                    );
                }
            }
        }
    }
}
