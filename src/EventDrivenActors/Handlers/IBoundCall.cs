using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

/// <summary>A delegate of one arity, bound to its parameters' sources.</summary>
internal interface IBoundCall
{
    Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature);
}
