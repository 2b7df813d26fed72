using System.CommandLine;
using EventDrivenActors.Simulation.Running;

return new SimulatorCommand().Parse(args).Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
