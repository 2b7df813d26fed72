using System.Text;
using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Cuts a child's output into lines and keeps the last ones, within bounded memory whatever the child writes.
/// </summary>
/// <remarks>
/// <see cref="Append"/> and <see cref="Complete"/> belong to one reader; the other members may be called by any thread.
/// </remarks>
internal sealed class OutputTail(int maximumLines, int maximumLineBytes, Action<string>? onLine)
{
    private static readonly string[] RuntimesLastWords =
    [
        "Unhandled exception",
        "Process terminated",
        "Stack overflow",
        "Out of memory",
        "Fatal error",
    ];

    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<string> _lines = new(maximumLines);
    private string? _reason;

    // The reader alone.
    private readonly byte[] _line = new byte[maximumLineBytes];
    private int _length;
    private bool _shortened;

    /// <summary>
    /// The last line with which the runtime says why it ends: a long stack after it pushes it out of the last lines.
    /// </summary>
    public string? Reason
    {
        get
        {
            lock (_gate)
            {
                return _reason;
            }
        }
    }

    /// <summary>Takes the next bytes, in order.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Ends a last line that has no line end.</summary>
    public void Complete()
    {
        if (_length > 0 || _shortened)
        {
            EndLine();
        }
    }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Snapshot()
    {
        lock (_gate)
        {
            return _lines.ToArray();
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        int room = Math.Min(part.Length, _line.Length - _length);
        part[..room].CopyTo(_line.AsSpan(_length));
        _length += room;
        _shortened |= room < part.Length;
    }

    private void EndLine()
    {
        Span<byte> bytes = _line.AsSpan(0, _length);
        if (!_shortened && bytes.EndsWith("\r"u8))
        {
            bytes = bytes[..^1];
        }

        string text = PlainText.Escape(Encoding.UTF8.GetString(bytes));
        if (_shortened)
        {
            text += '…';
        }

        _length = 0;
        _shortened = false;
        lock (_gate)
        {
            if (_lines.Count == maximumLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(text);
            if (IsOfTheRuntime(text))
            {
                _reason = text;
            }
        }
        onLine?.Invoke(text);
    }

    /// <summary>Whether the runtime begins to say why it ends.</summary>
    internal static bool IsOfTheRuntime(string line)
    {
        foreach (string words in RuntimesLastWords)
        {
            if (line.StartsWith(words, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
