namespace EventDrivenActors.Wire.Channel;

/// <summary>Short messages that have been announced and have not left, in order. Not thread-safe.</summary>
internal sealed class Announcements
{
    // Under the channel's gate.
    private readonly List<(long Id, int Start, int Length)> _waiting = [];
    private byte[] _bytes = new byte[64];
    private int _length;
    private int _taken;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(long id, ReadOnlySpan<byte> message)
    {
        if (_length + message.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + message.Length, _bytes.Length * 2));
        }

        message.CopyTo(_bytes.AsSpan(_length));
        _waiting.Add((id, _length, message.Length));
        _length += message.Length;
    }

    /// <summary>Forgets one, if it is still here.</summary>
    public void Remove(long id)
    {
        // It is nearly always the last one.
        for (int index = _waiting.Count - 1; index >= _taken; index--)
        {
            if (_waiting[index].Id != id)
            {
                continue;
            }

            _waiting.RemoveAt(index);
            Reuse();
            return;
        }
    }

    /// <summary>Takes the oldest. Its bytes are valid until the next call.</summary>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        if (_taken == _waiting.Count)
        {
            Reuse();
            message = default;
            return false;
        }
        (long _, int start, int length) = _waiting[_taken++];
        message = _bytes.AsSpan(start, length);
        return true;
    }

    private void Reuse()
    {
        if (_taken < _waiting.Count)
        {
            return;
        }

        _waiting.Clear();
        _length = 0;
        _taken = 0;
    }
}
