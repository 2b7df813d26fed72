using System.Diagnostics;
using EventDrivenActors.Subprocess;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors;

/// <content>How children's processes are made.</content>
public sealed partial class SubprocessOptions
{
    /// <summary>The folder in which the child runs.</summary>
    /// <value>Default <see langword="null"/>: that of this process when the child starts. A relative path starts from
    /// there.</value>
    public string? WorkingDirectory { get; set; }

    /// <summary>The priority of the child's process.</summary>
    /// <remarks>
    /// A higher priority than that of this process needs the right to raise it; without that right no child can be
    /// started.
    /// </remarks>
    /// <value>Default <see langword="null"/>: that of this process.</value>
    public ProcessPriorityClass? Priority { get; set; }

    /// <summary>
    /// The arguments that <see cref="System.Environment.GetCommandLineArgs"/> gives in the child after the
    /// program; other programs of the machine can read them.
    /// </summary>
    /// <value>Default <see langword="null"/>: those of this process.</value>
    public IReadOnlyList<string>? Arguments { get; set; }

    /// <summary>The operating system's limits for the child; Unix only.</summary>
    public ChildLimits Limits { get; } = new();

    /// <summary>Starts the children.</summary>
    /// <value>Default null: processes.</value>
    internal ChildLauncher? Launcher { get; set; }

    /// <summary>
    /// The clock of the link: starts, signs of life, ends. A test that moves the clock of the controller must not make
    /// a living child look dead.
    /// </summary>
    /// <value>Default null: the controller's.</value>
    internal TimeProvider? LinkTime { get; set; }

    /// <summary>Gives numbers from 0 to 1, by which the delays before restarts differ.</summary>
    internal Func<double> Jitter { get; set; } = Random.Shared.NextDouble;

    /// <summary>Says how many bytes of memory a process takes.</summary>
    internal Func<int, long> MeasureMemory { get; set; } = ProcessMemory.Of;

    internal ChildPlacement Place() =>
        new()
        {
            Environment = Environment.ToDictionary(),
            Arguments = Arguments is null ? null : [.. Arguments],
            WorkingDirectory = WorkingDirectory is null ? null : Path.GetFullPath(WorkingDirectory),
            Priority = Priority,
            OpenFiles = Limits.OpenFiles,
            AddressSpace = Limits.AddressSpace,
        };

    private void ValidatePlace()
    {
        foreach (string name in Environment.Keys)
        {
            OptionRange.Require(
                name.Length > 0 && !name.AsSpan().ContainsAny('=', '\0'),
                nameof(Environment),
                name,
                "a map of names without '=' to values"
            );
        }

        OptionRange.Require(
            WorkingDirectory is not { } folder
                || (folder.Length > 0 && !folder.Contains('\0', StringComparison.Ordinal)),
            nameof(WorkingDirectory),
            WorkingDirectory,
            "the path of a folder, or null for that of this process"
        );
        OptionRange.Require(
            Priority is not { } priority || Enum.IsDefined(priority),
            nameof(Priority),
            Priority,
            "a ProcessPriorityClass, or null for that of this process"
        );
        OptionRange.Require(
            Arguments?.All(argument => argument?.Contains('\0', StringComparison.Ordinal) == false) != false,
            nameof(Arguments),
            "…",
            "a list of texts without null, or null for those of this process"
        );
        OptionRange.Require(
            Limits.OpenFiles is not < ChildLimits.FewestFiles,
            "Limits.OpenFiles",
            Limits.OpenFiles,
            $"at least {ChildLimits.FewestFiles}, or null for that of this process"
        );
        OptionRange.Require(
            Limits.AddressSpace is not < ChildLimits.LeastSpace,
            "Limits.AddressSpace",
            Limits.AddressSpace,
            $"at least {ChildLimits.LeastSpace}, or null for that of this process"
        );
    }
}
