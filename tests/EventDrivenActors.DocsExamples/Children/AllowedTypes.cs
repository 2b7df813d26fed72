namespace EventDrivenActors.DocsExamples.Children;

internal static class AllowedTypes
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        Controller con = runtime.CreateController(o => o.AddSubprocess(child =>
        {
            child.Mapping.On("area", (Rectangle shape) => shape.Width * shape.Height);   // the signature names it
            child.Mapping.On("describe", (object thing) => $"{thing}");                  // this one names no type
            child.AllowType<Rectangle>();                                                // so name it here
            child.AllowDerived<IShape>();                                                // and all that implement this
        }));
        // </snippet>

        con.Run();
        await con.Dispatch("area", new Rectangle(2, 3));
        await con.Dispatch("describe", new Rectangle(2, 3));
        await con.ShutdownAsync();
    }

    internal interface IShape;

    internal sealed record Rectangle(int Width, int Height) : IShape;
}
