using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>The child's entry point.</summary>
internal static class ChildHost
{
    /// <summary>The exit code of a child whose program failed, or that could not be connected.</summary>
    public const int Failed = 70;

    /// <summary>The exit code of a child that was refused.</summary>
    public const int Refused = ChildExit.Refused;

    /// <summary>
    /// Runs a child to its end, and then ends the process: threads that handlers have started must not hold it.
    /// </summary>
    internal static async Task Main() => Environment.Exit(await LiveAsync().ConfigureAwait(false));

    /// <summary>
    /// Runs a child: reads the start message from stdin, connects to the parent, and runs the program until it ends or
    /// SIGTERM comes.
    /// </summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> LiveAsync()
    {
        using Termination termination = new Termination();
        try
        {
            StartMessage start = StartMessage.Decode(
                ParentWatch.Begin(
                    StartMessage.MaximumLength,
                    message => SocketDirectory.RemoveOf(StartMessage.Decode(message).SocketPath)
                )
            );
            if (!start.Place.IsEmpty)
            {
                ChildPlace.Take(ParentPlace.Decode(start.Place));
            }

            SubprocessSettings settings = SettingsCodec.Decode(start.Settings);
            ChildSystem system = ChildSide.SystemOf(start, settings);
            IChildProgram program = CreateProgram(start.Program, TimeProvider.System, rehearses: true);
            program.Prepare(start.Configuration, MappedStartPage.Open(start));
            await ChildSide
                .RunAsync(
                    start,
                    settings,
                    system,
                    program,
                    link => RunAsync(program, start, link, system, termination.Leaving)
                )
                .ConfigureAwait(false);
            return termination.HasCome ? ChildExit.Terminated : 0;
        }
        catch (OperationCanceledException) when (termination.HasCome)
        {
            return ChildExit.Terminated;
        }
        catch (LinkRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message).ConfigureAwait(false);
            return refusal.IsByStranger ? ChildExit.MetStranger : Refused;
        }
        catch (Exception reason)
        {
            await Console.Error.WriteLineAsync(reason.ToString()).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task RunAsync(
        IChildProgram program,
        StartMessage start,
        LinkChannel link,
        ChildSystem system,
        CancellationToken leaving
    )
    {
        using ExitFlush flush = new(link);
        try
        {
            await program.RunAsync(start.Configuration, link, system, leaving).ConfigureAwait(false);
        }
        finally
        {
            // A link that ends with the parent may do so before stdin. Then the watch ends what handlers have started
            // too, and this process must not be gone by then.
            if (link.IsClosed)
            {
                await Task.Delay(ParentWatch.Grace, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The program that the start message names.</summary>
    internal static IChildProgram CreateProgram(string name, TimeProvider time, bool rehearses = false) =>
        name.Length == 0 ? new ChildProgram(time, rehearses)
        : Type.GetType(name) is { } type && Activator.CreateInstance(type, nonPublic: true) is IChildProgram program
            ? program
        : throw new TypeLoadException(
            $"The child's program '{name}' is not to be found; its assembly must be deployed beside the application."
        );
}
