using System.CommandLine;
using EventDrivenActors.Chaos;

return await new ChaosCommand()
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
