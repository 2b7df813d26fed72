namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestAFailure : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task FailedImport_IsTold()
    {
        Controller imports = CreateController(o => o.Mapping.On("import", session => throw new FormatException("line 3")));
        imports.Run();

        await Assert.ThrowsAsync<FormatException>(async () => await imports.Dispatch("import"));  // awaited, so observed

        imports.Post("import");                                                                   // nobody hears of this one,
        await QuietAsync();
        KitFinding finding = Assert.Single(TakeFindings());                                       // so the test would fail, did it not take it over
        Assert.IsType<FormatException>(finding.Exception);
    }
    // </snippet>
}
