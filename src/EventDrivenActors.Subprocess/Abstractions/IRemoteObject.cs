namespace EventDrivenActors;

/// <summary>
/// The interface that the proxy of a remote object implements besides the object's own. Cast the proxy to it to look
/// at the object and to remove it.
/// </summary>
/// <remarks>
/// Disposing removes the object in the child after the calls made before, and disposes it there if it can be disposed.
/// <see cref="IDisposable.Dispose"/> does not wait for that and does not throw;
/// <see cref="IAsyncDisposable.DisposeAsync"/> waits, and throws what the object's own disposal threw. A forgotten
/// proxy is disposed of by its finalizer. All members may be called by any thread.
/// </remarks>
public interface IRemoteObject : IDisposable, IAsyncDisposable
{
    /// <summary>The child process that the object lives in, or lived in.</summary>
    int ProcessId { get; }

    /// <summary>Whether the object can be called: it was not disposed, and has not died with its child.</summary>
    bool IsAlive { get; }
}
