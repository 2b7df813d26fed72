namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestAFailure : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task FailedImport_IsTold()
    {
        Controller imports = CreateController(o => o.Mapping
            .On("import", session => throw new FormatException("line 3")));
        imports.Run();

        // This failure is awaited, so it is observed.
        await Assert.ThrowsAsync<FormatException>(async () => await imports.Dispatch("import"));

        // Nobody hears of this one, so the test would fail if it did not take the finding.
        imports.Post("import");
        await QuietAsync();
        KitFinding finding = Assert.Single(TakeFindings());
        Assert.IsType<FormatException>(finding.Exception);
    }
    // </snippet>
}
