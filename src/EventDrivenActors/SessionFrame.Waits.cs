using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>
/// The waits that the event has begun and not ended: its end needs theirs. Under the gate of <see cref="WaitWatch"/>.
/// </content>
internal sealed partial class SessionFrame : INeed
{
    private List<HandlerWait>? _waits;
    private int _waitsOf;

    /// <summary>What the loop waits for while the handler has suspended.</summary>
    public Task? Rest { get; set; }

    public void Add(HandlerWait wait)
    {
        _waits ??= [];
        if (_waitsOf != wait.Version)
        {
            _waits.Clear();
            _waitsOf = wait.Version;
        }

        _waits.Add(wait);
    }

    public void Remove(HandlerWait wait) => _waits?.Remove(wait);

    /// <summary>The waits of the event that runs.</summary>
    public IEnumerable<HandlerWait> Waits =>
        _waits is { Count: > 0 } waits && IsActive && _waitsOf == Version ? waits : [];

    /// <inheritdoc/>
    public override string ToString() => $"'{Key}' of '{(Host.Pool ?? Host.Self).Name}'";

    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        foreach (HandlerWait wait in Waits)
        {
            if (!certainly || wait.IsCertain(begins: false))
            {
                needs.Add(wait);
            }
        }
    }
}
