using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Holds back the lines of a child once its runtime has begun to describe a crash, so that the crash is one record in
/// the log.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="late">Gets the lines of a child that lives on.</param>
internal sealed class LastWords(TimeProvider time, Action<OutputLine> late)
{
    private const int Most = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Dictionary<int, Held> _held = [];

    /// <summary>Takes a line of standard error.</summary>
    /// <returns>Whether it was held back.</returns>
    public bool Take(OutputLine line)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(line.ProcessId, out Held? held))
            {
                if (!OutputTail.IsOfTheRuntime(line.Text))
                {
                    return false;
                }

                _held.Add(line.ProcessId, held = new Held());
                held.Patience = time.CreateTimer(_ => LiveOn(line.ProcessId), null, Patience, Timeout.InfiniteTimeSpan);
            }

            if (held.Lines.Count < Most)
            {
                held.Lines.Add(line);
            }
            else
            {
                held.More++;
            }

            return true;
        }
    }

    /// <summary>
    /// The last lines that an ended child wrote, each on a line below the sentence; empty where it wrote nothing.
    /// </summary>
    public string Of(int? processId)
    {
        if (processId is not { } process || Remove(process) is not { } held)
        {
            return "";
        }

        IEnumerable<string> lines = held.Lines.Select(line => line.Text);
        return string.Concat(
            (held.More > 0 ? lines.Append($"… and {held.More} more lines") : lines).Select(line =>
                $"{Environment.NewLine}    {line}"
            )
        );
    }

    private void LiveOn(int process)
    {
        foreach (OutputLine line in Remove(process)?.Lines ?? [])
        {
            late(line);
        }
    }

    private Held? Remove(int process)
    {
        lock (_gate)
        {
            if (_held.Remove(process, out Held? held))
            {
                held.Patience!.Dispose();
            }

            return held;
        }
    }

    private sealed class Held
    {
        public List<OutputLine> Lines { get; } = [];

        public ITimer? Patience { get; set; }

        public int More { get; set; }
    }
}
