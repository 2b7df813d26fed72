namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Ends the children when this process is gone and they cannot end themselves, for example because they are stopped: a
/// shell of about a megabyte that waits for the end of a pipe.
/// </summary>
/// <remarks>
/// It is told which process groups and which socket folders there are, leads a session of its own, and ignores the
/// signals that a terminal or a supervisor sends to everything. It starts with the first child and ends with the last
/// one. Where it cannot be started, as without /bin/sh, children that run still end by themselves. Any thread.
/// </remarks>
internal sealed class ProcessGuard
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Dictionary<int, string> _groups = [];
    private readonly HashSet<string> _sockets = [];
    private GuardProcess? _process;
    private Task _last = Task.CompletedTask;

    /// <summary>That of this process.</summary>
    public static ProcessGuard OfProcess { get; } = new();

    /// <summary>The guard's process; null while there is none.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return _process?.ProcessId;
            }
        }
    }

    /// <summary>Guards a child and the group that it leads, or will.</summary>
    public void Add(int processId)
    {
        lock (_gate)
        {
            _groups[processId] = $"{processId}:{ProcessStamp.StartOf(processId)}";
            if (_process is null)
            {
                Begin();
            }
            else
            {
                Say($"+ {_groups[processId]}");
            }
        }
    }

    /// <summary>The child has ended, and its group with it.</summary>
    public void Remove(int processId)
    {
        lock (_gate)
        {
            if (!_groups.Remove(processId, out string? entry))
            {
                return;
            }

            Say($"- {entry}");
            if (_groups.Count > 0 || _process is not { } idle)
            {
                return;
            }

            _process = null;
            _last = idle.Ended;
            idle.Close();
        }
    }

    /// <summary>Guards a child's socket, and the folder that holds nothing else.</summary>
    public void AddSocket(string path)
    {
        if (path.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        lock (_gate)
        {
            _sockets.Add(path);
            Say($"s {path}");
        }
    }

    /// <summary>The folder is gone.</summary>
    public void RemoveSocket(string path)
    {
        lock (_gate)
        {
            if (_sockets.Remove(path))
            {
                Say($"r {path}");
            }
        }
    }

    /// <summary>Completes when the guard that has been let go is gone: without children there is none.</summary>
    public Task GoneAsync()
    {
        lock (_gate)
        {
            return _last;
        }
    }

    /// <summary>Under the gate.</summary>
    private void Begin()
    {
        _process = GuardProcess.TryStart(OnEnded);
        foreach (string group in _groups.Values)
        {
            Say($"+ {group}");
        }

        foreach (string socket in _sockets)
        {
            Say($"s {socket}");
        }
    }

    /// <summary>A guard that does not read any more is useless, and would do harm at the end of its pipe.</summary>
    private void Say(string line)
    {
        if (_process is { } process && !process.TryWrite(line))
        {
            process.Kill();
            _process = null;
        }
    }

    /// <summary>
    /// Something else has ended it: the existing children get another guard, but not again and again.
    /// </summary>
    private void OnEnded(GuardProcess ended, bool lived)
    {
        lock (_gate)
        {
            if (_process != ended)
            {
                return;
            }

            _process = null;
            if (lived && _groups.Count > 0)
            {
                Begin();
            }
        }
    }
}
