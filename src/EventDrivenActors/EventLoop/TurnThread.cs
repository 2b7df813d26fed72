using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// The thread of a turn: each event gets a flow of its own there, and sees nothing that earlier handlers have set.
/// </summary>
/// <remarks>
/// Setting a flow in the async-local costs 30 ns and 104 bytes, so the flow stays for the next event unless the last
/// event may have captured it. Code captures an execution context in an object that refers to it, so what matters is
/// whether the event has allocated memory on its thread.
/// </remarks>
internal sealed class TurnThread(ExecutionContext? initialContext)
{
    /// <summary>
    /// A work item of the thread pool is the smallest object in which the framework captures a context: five words. A
    /// boxed number has three.
    /// </summary>
    private static readonly int LeastTaken = 5 * IntPtr.Size;

    // The draining thread.
    private EventFlow? _flow;
    private ExecutionContext? _context;
    private Thread _thread = Thread.CurrentThread;
    private SynchronizationContext? _synchronization;
    private string? _name;
    private ThreadPriority _priority;
    private long _allocated;

    /// <summary>The context of the loop's first turn; nothing of later callers gets into it.</summary>
    public ExecutionContext? InitialContext => initialContext;

    /// <summary>Notes what the calling thread is like between events.</summary>
    public void BeginTurn()
    {
        Thread thread = Thread.CurrentThread;
        _thread = thread;
        _synchronization = SynchronizationContext.Current;
        _name = thread.Name;
        _priority = thread.Priority;
    }

    /// <summary>Lets the calling thread belong to the events of a frame.</summary>
    public void Enter(SessionFrame frame)
    {
        frame.SynchronousThread = Environment.CurrentManagedThreadId;
        frame.Synchronization = _synchronization;
        if (_context is not null && ReferenceEquals(_flow?.Frame, frame))
        {
            ExecutionContext.Restore(_context);
        }
        else
        {
            Renew(frame);
        }

        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>After an event: removes what its handlers have left on the thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndEvent(SessionFrame frame)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (
            allocated - _allocated >= LeastTaken
            || !ReferenceEquals(ExecutionContext.Capture(), _context)
            || !ReferenceEquals(SynchronizationContext.Current, _synchronization)
            || !ReferenceEquals(_thread.Name, _name)
            || _thread.Priority != _priority
        )
        {
            CleanUp(frame, allocated);
        }
        else
        {
            _allocated = allocated;
        }
    }

    private void CleanUp(SessionFrame frame, long allocated)
    {
        if (allocated - _allocated >= LeastTaken)
        {
            _flow!.End();
            Renew(frame);
            allocated = GC.GetAllocatedBytesForCurrentThread();
        }
        else if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }

        _allocated = allocated;
        Tidy();
    }

    /// <summary>After an event whose end was not seen here: the next one gets a flow of its own.</summary>
    public void Forget()
    {
        _flow?.End();
        _flow = null;
    }

    /// <summary>Restores the thread as it was.</summary>
    /// <param name="outer">The context that it ran in.</param>
    public void EndTurn(ExecutionContext? outer)
    {
        if (outer is null)
        {
            EventFlow.Detach();
        }
        else
        {
            ExecutionContext.Restore(outer);
        }

        Tidy();
    }

    /// <summary>Undoes changes to the thread that are in no execution context.</summary>
    public void Tidy()
    {
        Thread thread = Thread.CurrentThread;
        if (!ReferenceEquals(SynchronizationContext.Current, _synchronization))
        {
            SynchronizationContext.SetSynchronizationContext(_synchronization);
        }

        if (thread.Priority != _priority)
        {
            thread.Priority = _priority;
        }

        if (!ReferenceEquals(thread.Name, _name))
        {
            thread.Name = _name;
        }
    }

    private void Renew(SessionFrame frame)
    {
        if (initialContext is not null)
        {
            ExecutionContext.Restore(initialContext);
        }

        _flow = new EventFlow(frame);
        _flow.Enter();
        _context = ExecutionContext.Capture();
    }
}
