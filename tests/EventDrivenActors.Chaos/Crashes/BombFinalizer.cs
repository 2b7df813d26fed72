namespace EventDrivenActors.Chaos.Crashes;

internal sealed class BombFinalizer(CrashKind kind)
{
    ~BombFinalizer() => Crash.Now(kind);
}
