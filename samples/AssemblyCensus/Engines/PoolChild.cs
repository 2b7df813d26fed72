using System.Collections.Concurrent;
using AssemblyCensus.Running;
using EventDrivenActors;

namespace AssemblyCensus.Engines;

/// <summary>An adapter of one worker of the pool: notes what its child is given, and how the child is doing.</summary>
internal sealed class PoolChild(int number, SubprocessAdapter child, ConcurrentDictionary<string, PoolChild> takers, TimeProvider time) : IAdapter
{
    private readonly Lock _gate = new();
    private readonly List<int> _processIds = [];
    private readonly RateMeter _rate = new(time);
    private long _done;

    public void Configure(IAdapterContext controller) => controller.UseInbound((session, next) =>
    {
        if (session.Value is string path)
        {
            takers[path] = this;
        }

        return next(session);
    });

    /// <summary>An event that the child was given has ended, well or badly.</summary>
    public void Settled()
    {
        _rate.Add();
        lock (_gate)
        {
            _done++;
            Look();
        }
    }

    public ChildStatistics Statistics()
    {
        lock (_gate)
        {
            Look();
            return new ChildStatistics(number, [.. _processIds], _done, _rate.PerSecond, child.Restarts);
        }
    }

    private void Look()
    {
        if (child.ProcessId is { } processId && (_processIds.Count == 0 || _processIds[^1] != processId))
        {
            _processIds.Add(processId);
        }
    }
}
