using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Starts the process of a plan, with the folder, the priority and the limits that the user has chosen.
/// </summary>
internal static class ChildSpawn
{
    // Sets what the first two arguments name, and becomes the program that follows. Limits must be set before the
    // runtime reserves its memory.
    private const string LimitScript =
        """[ -z "$1" ] || ulimit -n "$1" && { [ -z "$2" ] || ulimit -v "$2"; } && shift 2 && exec "$@" """;

    /// <exception cref="ChildStartException">The program cannot be started, or not in that folder.</exception>
    public static Process Start(LaunchPlan plan)
    {
        ChildPlacement placement = plan.Placement;
        if (placement.WorkingDirectory is { } directory && !Directory.Exists(directory))
        {
            throw new ChildStartException(
                $"The working directory '{directory}' of the child process does not exist; make it, or change "
                    + "WorkingDirectory."
            )
            {
                MayRetry = false,
            };
        }

        ProcessStartInfo start = StartInfo(plan);
        try
        {
            return placement.Priority is not { } priority ? Process.Start(start)!
                : OperatingSystem.IsLinux() ? StartNiced(start, NiceOf(priority))
                : StartAndChange(start, priority);
        }
        catch (Win32Exception reason)
        {
            throw new ChildStartException(
                $"The program '{plan.FileName}' could not be started: {reason.Message}",
                null,
                reason
            );
        }
    }

    internal static ProcessStartInfo StartInfo(LaunchPlan plan)
    {
        ChildPlacement placement = plan.Placement;
        string[] command = [plan.FileName, .. plan.Arguments, .. placement.Arguments ?? plan.OwnArguments];
        if (placement.OpenFiles is not null || placement.AddressSpace is not null)
        {
            command = [.. Limiting(placement), .. command];
        }

        ProcessStartInfo start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = placement.WorkingDirectory ?? "",
        };
        foreach (string? argument in command.AsSpan(1))
        {
            start.ArgumentList.Add(argument);
        }

        ChildEnvironment.Apply(start.Environment, plan);
        return start;
    }

    private static string[] Limiting(ChildPlacement placement) =>
        OperatingSystem.IsWindows()
            ? throw new ChildStartException(
                "The Limits of a child process need a Unix system; leave them unset on Windows."
            )
            {
                MayRetry = false,
            }
            :
            [
                "/bin/sh",
                "-c",
                LimitScript,
                "limits",
                Text(placement.OpenFiles),
                Text((placement.AddressSpace + 1023) / 1024),
            ];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>
    /// On Linux a priority belongs to a thread, and a process inherits that of the thread that starts it: every thread
    /// of the child has it from the beginning.
    /// </summary>
    private static Process StartNiced(ProcessStartInfo start, int nice)
    {
        const int process = 0;
        Process? started = null;
        ExceptionDispatchInfo? failed = null;
        Thread thread = new Thread(() =>
        {
            try
            {
                if (Native.SetPriority(process, 0, nice) != 0)
                {
                    throw new ChildStartException(
                        $"The child process may not have the priority of nice '{nice}': "
                            + $"{Marshal.GetLastPInvokeErrorMessage()}; leave Priority unset, or give the application "
                            + "the right to raise it."
                    )
                    {
                        MayRetry = false,
                    };
                }

                started = Process.Start(start);
            }
            catch (Exception reason)
            {
                failed = ExceptionDispatchInfo.Capture(reason);
            }
        })
        {
            IsBackground = true,
            Name = "child-spawn",
        };
        thread.UnsafeStart();
        thread.Join();
        failed?.Throw();
        return started!;
    }

    private static Process StartAndChange(ProcessStartInfo start, ProcessPriorityClass priority)
    {
        Process started = Process.Start(start)!;
        try
        {
            started.PriorityClass = priority;
            return started;
        }
        catch
        {
            started.Kill();
            started.Dispose();
            throw;
        }
    }

    /// <summary>The numbers that <see cref="Process.PriorityClass"/> stands for on Unix.</summary>
    private static int NiceOf(ProcessPriorityClass priority) =>
        priority switch
        {
            ProcessPriorityClass.Idle => 19,
            ProcessPriorityClass.BelowNormal => 10,
            ProcessPriorityClass.AboveNormal => -6,
            ProcessPriorityClass.High => -11,
            ProcessPriorityClass.RealTime => -19,
            _ => 0,
        };
}
