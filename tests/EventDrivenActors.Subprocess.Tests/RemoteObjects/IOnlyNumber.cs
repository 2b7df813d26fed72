namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

internal interface IOnlyNumber : IDisposable
{
    int Number { get; }
}

internal sealed class OnlyNumber(int number) : IOnlyNumber
{
    public int Number => number;

    public void Dispose() { }
}
