using EventDrivenActors.Sessions;
using static EventDrivenActors.Handlers.ArgumentSource;

namespace EventDrivenActors.Handlers;

/// <summary>Calls of 0 parameters.</summary>
internal sealed class BoundCall<TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action action = handler as Action ?? BoundResult.Retype<Action>(handler);
            return s =>
            {
                action();
                return default;
            };
        }

        Func<TReturn> function = handler as Func<TReturn> ?? BoundResult.Retype<Func<TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<Task> task)
        {
            return s => BoundResult.FromTask(task());
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s => convert(function());
    }
}

/// <summary>Calls of 1 parameter.</summary>
internal sealed class BoundCall<T1, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1> action = handler as Action<T1> ?? BoundResult.Retype<Action<T1>>(handler);
            return s =>
            {
                action(Read<T1>(s, sources[0], signature));
                return default;
            };
        }

        Func<T1, TReturn> function = handler as Func<T1, TReturn> ?? BoundResult.Retype<Func<T1, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, Task> task)
        {
            return s => BoundResult.FromTask(task(Read<T1>(s, sources[0], signature)));
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s => convert(function(Read<T1>(s, sources[0], signature)));
    }
}

/// <summary>Calls of 2 parameters.</summary>
internal sealed class BoundCall<T1, T2, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1, T2> action = handler as Action<T1, T2> ?? BoundResult.Retype<Action<T1, T2>>(handler);
            return s =>
            {
                action(Read<T1>(s, sources[0], signature), Read<T2>(s, sources[1], signature));
                return default;
            };
        }

        Func<T1, T2, TReturn> function =
            handler as Func<T1, T2, TReturn> ?? BoundResult.Retype<Func<T1, T2, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, T2, Task> task)
        {
            return s =>
                BoundResult.FromTask(task(Read<T1>(s, sources[0], signature), Read<T2>(s, sources[1], signature)));
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s => convert(function(Read<T1>(s, sources[0], signature), Read<T2>(s, sources[1], signature)));
    }
}

/// <summary>Calls of 3 parameters.</summary>
internal sealed class BoundCall<T1, T2, T3, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1, T2, T3> action =
                handler as Action<T1, T2, T3> ?? BoundResult.Retype<Action<T1, T2, T3>>(handler);
            return s =>
            {
                action(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature)
                );
                return default;
            };
        }

        Func<T1, T2, T3, TReturn> function =
            handler as Func<T1, T2, T3, TReturn> ?? BoundResult.Retype<Func<T1, T2, T3, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, T2, T3, Task> task)
        {
            return s =>
                BoundResult.FromTask(
                    task(
                        Read<T1>(s, sources[0], signature),
                        Read<T2>(s, sources[1], signature),
                        Read<T3>(s, sources[2], signature)
                    )
                );
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s =>
            convert(
                function(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature)
                )
            );
    }
}

/// <summary>Calls of 4 parameters.</summary>
internal sealed class BoundCall<T1, T2, T3, T4, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1, T2, T3, T4> action =
                handler as Action<T1, T2, T3, T4> ?? BoundResult.Retype<Action<T1, T2, T3, T4>>(handler);
            return s =>
            {
                action(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature)
                );
                return default;
            };
        }

        Func<T1, T2, T3, T4, TReturn> function =
            handler as Func<T1, T2, T3, T4, TReturn> ?? BoundResult.Retype<Func<T1, T2, T3, T4, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, T2, T3, T4, Task> task)
        {
            return s =>
                BoundResult.FromTask(
                    task(
                        Read<T1>(s, sources[0], signature),
                        Read<T2>(s, sources[1], signature),
                        Read<T3>(s, sources[2], signature),
                        Read<T4>(s, sources[3], signature)
                    )
                );
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s =>
            convert(
                function(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature)
                )
            );
    }
}

/// <summary>Calls of 5 parameters.</summary>
internal sealed class BoundCall<T1, T2, T3, T4, T5, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1, T2, T3, T4, T5> action =
                handler as Action<T1, T2, T3, T4, T5> ?? BoundResult.Retype<Action<T1, T2, T3, T4, T5>>(handler);
            return s =>
            {
                action(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature),
                    Read<T5>(s, sources[4], signature)
                );
                return default;
            };
        }

        Func<T1, T2, T3, T4, T5, TReturn> function =
            handler as Func<T1, T2, T3, T4, T5, TReturn>
            ?? BoundResult.Retype<Func<T1, T2, T3, T4, T5, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, T2, T3, T4, T5, Task> task)
        {
            return s =>
                BoundResult.FromTask(
                    task(
                        Read<T1>(s, sources[0], signature),
                        Read<T2>(s, sources[1], signature),
                        Read<T3>(s, sources[2], signature),
                        Read<T4>(s, sources[3], signature),
                        Read<T5>(s, sources[4], signature)
                    )
                );
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s =>
            convert(
                function(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature),
                    Read<T5>(s, sources[4], signature)
                )
            );
    }
}

/// <summary>Calls of 6 parameters.</summary>
internal sealed class BoundCall<T1, T2, T3, T4, T5, T6, TReturn> : IBoundCall
{
    public Func<Session, Returned> Bind(Delegate handler, int[] sources, HandlerSignature signature)
    {
        if (typeof(TReturn) == typeof(NoResult))
        {
            Action<T1, T2, T3, T4, T5, T6> action =
                handler as Action<T1, T2, T3, T4, T5, T6>
                ?? BoundResult.Retype<Action<T1, T2, T3, T4, T5, T6>>(handler);
            return s =>
            {
                action(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature),
                    Read<T5>(s, sources[4], signature),
                    Read<T6>(s, sources[5], signature)
                );
                return default;
            };
        }

        Func<T1, T2, T3, T4, T5, T6, TReturn> function =
            handler as Func<T1, T2, T3, T4, T5, T6, TReturn>
            ?? BoundResult.Retype<Func<T1, T2, T3, T4, T5, T6, TReturn>>(handler);
        if (typeof(TReturn) == typeof(Task) && function is Func<T1, T2, T3, T4, T5, T6, Task> task)
        {
            return s =>
                BoundResult.FromTask(
                    task(
                        Read<T1>(s, sources[0], signature),
                        Read<T2>(s, sources[1], signature),
                        Read<T3>(s, sources[2], signature),
                        Read<T4>(s, sources[3], signature),
                        Read<T5>(s, sources[4], signature),
                        Read<T6>(s, sources[5], signature)
                    )
                );
        }

        Func<TReturn, Returned> convert = BoundResult<TReturn>.Convert;
        return s =>
            convert(
                function(
                    Read<T1>(s, sources[0], signature),
                    Read<T2>(s, sources[1], signature),
                    Read<T3>(s, sources[2], signature),
                    Read<T4>(s, sources[3], signature),
                    Read<T5>(s, sources[4], signature),
                    Read<T6>(s, sources[5], signature)
                )
            );
    }
}
