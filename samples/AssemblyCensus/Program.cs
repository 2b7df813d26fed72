using System.CommandLine;
using AssemblyCensus;
using AssemblyCensus.Options;

CensusCommand command = new CensusCommand(CensusProgram.RunAsync);
ParseResult parsed = command.Parse(args);
if (parsed.Errors is [var error, ..])
{
    await Console.Error.WriteLineAsync(error.Message);
    return ExitCodes.BadOptions;
}

// The census handles Ctrl-C itself, because it drains; the command line library would only wait and kill.
return await parsed.InvokeAsync(
    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
);
