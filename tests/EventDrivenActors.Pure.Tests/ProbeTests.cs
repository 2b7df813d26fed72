namespace EventDrivenActors.Pure.Tests;

public class ProbeTests
{
    [Fact]
    public void One() => Assert.Equal(2, 1 + 1);
}
