using System.Collections.Concurrent;
using AssemblyCensus.Running;
using EventDrivenActors;

namespace AssemblyCensus.Engines;

/// <summary>
/// An adapter of one worker of the pool: records the events that its child takes, and how the child is doing.
/// </summary>
internal sealed class PoolChild(
    int number,
    SubprocessAdapter child,
    ConcurrentDictionary<string, PoolChild> takers,
    TimeProvider time
) : IAdapter
{
    private readonly Lock _gate = new();
    private readonly List<int> _processIds = [];
    private readonly RateMeter _rate = new(time);
    private long _done;

    public void Configure(IAdapterContext controller) =>
        controller.UseInbound(
            (session, next) =>
            {
                if (session.Value is string path)
                {
                    takers[path] = this;
                }

                return next(session);
            }
        );

    /// <summary>An event that the child was given has ended, well or badly.</summary>
    /// <param name="lost">The process that died of it, if one did.</param>
    public void Settled(int? lost)
    {
        _rate.Add();
        lock (_gate)
        {
            _done++;
            Note(lost);
            Note(child.ProcessId);
        }
    }

    public ChildStatistics Statistics()
    {
        lock (_gate)
        {
            Note(child.ProcessId);
            return new ChildStatistics(number, [.. _processIds], _done, _rate.PerSecond, child.Restarts);
        }
    }

    private void Note(int? processId)
    {
        if (processId is { } present && !_processIds.Contains(present))
        {
            _processIds.Add(present);
        }
    }
}
